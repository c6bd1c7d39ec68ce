/** For the supervisor and the proxy; not for visitors. */
import { Router } from 'express';
import type { Readiness } from '../database/readiness.ts';

/** `/healthz`: the process answers. `/readyz`: it can serve everything; 503 and one word when it can't. */
export function healthRoutes(checkReadiness: () => Promise<Readiness>): Router {
  const routes = Router();
  routes.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').type('text').send('ok\n');
  });
  routes.get('/readyz', async (_req, res) => {
    const readiness = await checkReadiness();
    res.status(readiness === 'ready' ? 200 : 503);
    res.set('Cache-Control', 'no-store').type('text').send(`${readiness}\n`);
  });
  return routes;
}

/**
 * The smallest Express answer there is, and what a page of somebody who is signed in adds to it at the least, each part the way its
 * manual shows it: `hello`, `bytes` (as long as our page), `session` (express-session with connect-pg-simple, which reads a row),
 * `rows` (and the rows of our list out of Postgres).
 */
import connectPgSimple from 'connect-pg-simple';
import express from 'express';
import session from 'express-session';
import pg from 'pg';

const { PART, PORT, OWNER, LENGTH } = process.env;
const app = express();
const answer = PART === 'hello' ? 'hello' : 'x'.repeat(Number(LENGTH));
// Two of these and the site itself have to fit into the built-in server’s 30 connections.
const pool = new pg.Pool({ max: 6 });
const select = `SELECT id, name, content FROM presets WHERE user_id = $1
  UNION ALL SELECT id, name, content FROM custom_sizes WHERE user_id = $1`;

if (PART === 'session' || PART === 'rows') {
  const store = new (connectPgSimple(session))({ pool, tableName: 'bench_sessions', disableTouch: true });
  app.use(session({ store, secret: 'of a bench', resave: false, saveUninitialized: false }));
  app.use((req, res, next) => (req.session.userId === OWNER ? next() : res.sendStatus(403)));
}
app.get('/', async (_req, res) => {
  if (PART === 'rows') await pool.query({ name: 'list', text: select, values: [OWNER] });
  res.send(answer);
});
app.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));

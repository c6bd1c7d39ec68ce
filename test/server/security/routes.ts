/** Every route of the app, read from Express itself: nothing can be added and forgotten. */
import type { Express } from 'express';

export interface Route {
  /** Upper case: `POST`. */
  method: string;
  /** As it was given to Express, such as `/specs/:id`. */
  path: string;
}

/** All routes below the app's router, in the order in which they are tried. Middleware is left out. */
export function listRoutes(app: Express): Route[] {
  return routesBelow(app.router);
}

function routesBelow(router: unknown): Route[] {
  return itemsOf(router, 'stack').flatMap((layer) => {
    const route = property(layer, 'route');
    if (route === undefined) return routesBelow(property(layer, 'handle'));
    const methods = Object.keys(property(route, 'methods') ?? {});
    const paths = [property(route, 'path')].flat().map(String);
    return paths.flatMap((path) => methods.map((method) => ({ method: method.toUpperCase(), path })));
  });
}

function itemsOf(owner: unknown, name: string): unknown[] {
  const items = property(owner, name);
  return Array.isArray(items) ? items : [];
}

function property(owner: unknown, name: string): object | undefined {
  if ((typeof owner !== 'object' && typeof owner !== 'function') || owner === null) return undefined;
  return Object.entries(Object.getOwnPropertyDescriptors(owner)).find(([key]) => key === name)?.[1].value;
}

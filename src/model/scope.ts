import type { RouteScope, RouteTable } from './network.ts';

const SCOPES = { global: 0, site: 200, link: 253, host: 254, nowhere: 255 } as const;
const TABLES = { default: 253, main: 254, local: 255 } as const;

/** The number of a scope: the larger, the nearer (include/uapi/linux/rtnetlink.h: RT_SCOPE_UNIVERSE …). */
export const scopeNumber = (scope: RouteScope): number => (typeof scope === 'number' ? scope : SCOPES[scope]);
export const tableNumber = (table: RouteTable): number => (typeof table === 'number' ? table : TABLES[table]);

const nameIn = <Name extends string>(names: Readonly<Record<Name, number>>, value: Name | number): Name | number => {
  for (const name of Object.keys(names) as Name[]) if (names[name] === value) return name;
  return value;
};
/** Scopes and tables that have a name are held by it, so that equal ones compare equal. */
export const canonicalScope = (scope: RouteScope): RouteScope => nameIn(SCOPES, scope);
export const canonicalTable = (table: RouteTable): RouteTable => nameIn(TABLES, table);

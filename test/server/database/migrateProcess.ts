/** A process of its own that migrates: argv holds the connection as JSON and the folder. Sends the names it applied. */
import { migrate, readMigrations } from '../../../server/database/migrate.ts';
import type { Connection } from '../../../server/database/pool.ts';

const [connection = '', folder = ''] = process.argv.slice(2);
const applied = await migrate(JSON.parse(connection) as Connection, readMigrations(folder));
process.send?.(applied);

/** One process of its own that purges once: `node retentionProcess.js <connection as JSON> <periods as JSON>`. */
import { openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { purge } from '../../server/retention.ts';

const [, , connection = '{}', periods = '{}'] = process.argv;
const database = openDatabase(JSON.parse(connection), createLog('warn'));
console.log(JSON.stringify(await purge(database, JSON.parse(periods))));
await database.close();

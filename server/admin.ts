/** `npm run admin -- <command>`: accounts from the shell. Beside main.ts the only file that reads process.env or exits. */
console.error('Not built yet.');

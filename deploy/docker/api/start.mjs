/** The entry of the image: `api` serves, every other word is a command of the program that prepares databases. */
await import(process.argv[2] === 'api' ? './server/dist/main.js' : './server/dist/migrate.js')

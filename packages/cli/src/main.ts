import { main } from './cli.js';
import { processIo } from './process-io.js';
import { reportError } from './report-error.js';

const argv = process.argv.slice(2);
const io = processIo();

const fail = (error: unknown): never => process.exit(reportError(error, io, argv.includes('--debug')));
process.on('unhandledRejection', fail);
process.on('uncaughtException', fail);

process.exitCode = await main(argv, io);

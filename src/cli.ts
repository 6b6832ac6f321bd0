import { main } from './cli/main';
import { nodeIo } from './cli/nodeIo';

// A reader that goes away (`tconv check | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error; });

void main(process.argv.slice(2), nodeIo()).then(status => { process.exitCode = status; });

// Prints `N passed, N failed, N skipped` from the last test run.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(new URL('../coverage/tests.json', import.meta.url), 'utf8'));
// A file that could not even be loaded has failed without a failed test in it.
const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
console.log(`${report.numPassedTests} passed, ${report.numFailedTests + broken} failed, ${report.numPendingTests} skipped`);

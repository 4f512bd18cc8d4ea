export * from './details/details.js';
export * from './page/page.js';
export * from './reporter.js';
export * from './server/serve.js';

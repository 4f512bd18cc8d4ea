import { basename, extname } from 'node:path';

const PICTURE = new Set(['.jpg', '.jpeg', '.png', '.webp', '.gif', '.tif', '.tiff', '.avif', '.svg']);

export const isPictureName = (name: string): boolean => PICTURE.has(extname(name).toLowerCase()) && !basename(name).startsWith('.');

export * from './canvas.ts';
export * from './coverage.ts';
export * from './font.ts';
export * from './png.ts';
export * from './strokes.ts';
export * from './text.ts';

/** Returns whether an error says that who reads our output has gone, as `head` does when it has seen enough. */
export function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EPIPE';
}

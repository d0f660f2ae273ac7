/** Answers the words of a command line, quotes taken off: enough to see what is started, never to start it. */
export function splitCommandLine(line: string): readonly string[] {
  const words = line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)
  return [...words].map(([, double, single, plain]) => double ?? single ?? plain ?? "")
}

// Enough to keep a disk or a connection busy, and at most as many bundles in memory.
const READS_AT_ONCE = 8

/** Answers what `read` answers for each place from `start` up to `end`, in order, reading the next ones meanwhile. */
export async function* readAhead<Read>(
  start: number,
  end: number,
  read: (place: number) => Promise<Read>,
): AsyncGenerator<Read> {
  const reading: Promise<Read>[] = []
  let next = start
  for (let place = start; place < end; place++) {
    for (; next < Math.min(end, place + READS_AT_ONCE); next++) reading.push(handled(read(next)))
    const [first] = reading.splice(0, 1)
    if (first) yield await first
  }
}

/** Whoever stops before its turn must not leave a refusal behind that nobody hears. */
function handled<Read>(reading: Promise<Read>): Promise<Read> {
  reading.catch(() => undefined)
  return reading
}

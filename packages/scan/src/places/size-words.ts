const MEBIBYTE = 2 ** 20

/** Answers a size as a person reads it: whole mebibytes as such, anything else in bytes. */
export function sizeWords(bytes: number): string {
  return bytes > 0 && bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE} MiB` : `${bytes} bytes`
}

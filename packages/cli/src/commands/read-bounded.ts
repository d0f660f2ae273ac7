import { open } from "node:fs/promises"

/** A file that was asked for and is of no use; the message says why. */
export class UnusableFile extends Error {
  override readonly name = "UnusableFile"
}

/** Answers the text of a file of at most that many bytes. Throws an UnusableFile for one that is not there, no file, or larger. */
export async function readBounded(path: string, largest: number): Promise<string> {
  try {
    await using file = await open(path)
    const about = await file.stat()
    if (!about.isFile()) throw new UnusableFile("it is no file")
    if (about.size > largest) throw new UnusableFile(`it is larger than ${largest} bytes`)
    return await file.readFile("utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error)
      throw new UnusableFile(`it cannot be read (${String(error.code)})`)
    throw error
  }
}

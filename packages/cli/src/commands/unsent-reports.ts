import { createHash, randomUUID } from "node:crypto"
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import type { ScanReport } from "@tabard/scan"

/** Reports that could not be sent, kept for their user alone until they can be. */
export interface UnsentReports {
  /** Answers what waits, the oldest first. */
  waiting(): Promise<readonly string[]>
  read(name: string): Promise<string>
  /** Keeps a report in the place of an earlier one of the same roots; the oldest goes where there are too many. */
  keep(report: ScanReport, body: string): Promise<void>
  drop(name: string): Promise<void>
}

/** How many wait at most: one for each set of places that this machine is told to scan. */
const MOST = 16

/** Keeps them in a folder that its user alone can read. */
export function unsentReports(folder: string): UnsentReports {
  const waiting = async (): Promise<readonly string[]> => {
    const names = await readdir(folder).catch(() => [])
    return names.filter((name) => NAME.test(name)).toSorted()
  }
  const drop = (name: string): Promise<void> => rm(join(folder, name), { force: true })
  return {
    waiting,
    drop,
    read: (name) => readFile(join(folder, name), "utf8"),
    async keep(report, body) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = nameOf(report)
      const draft = join(folder, `${randomUUID()}.new`)
      await writePrivately(draft, body)
      await rename(draft, join(folder, name))
      const names = await waiting()
      const former = names.filter((each) => each !== name && rootsOf(each) === rootsOf(name))
      const others = names.filter((each) => !former.includes(each))
      for (const each of [...former, ...others.slice(0, Math.max(0, others.length - MOST))]) await drop(each)
    },
  }
}

async function writePrivately(path: string, text: string): Promise<void> {
  await using file = await open(path, "wx", 0o600)
  await file.writeFile(text)
  await file.sync()
}

const NAME = /^\d{1,16}-[0-9a-f]{16}\.json$/

/** Names sort by the time of the scan. */
function nameOf({ startedAt, roots }: ScanReport): string {
  const at = String(new Date(startedAt).getTime()).padStart(15, "0")
  const hash = createHash("sha256").update(JSON.stringify(roots)).digest("hex").slice(0, 16)
  return `${at}-${hash}.json`
}

function rootsOf(name: string): string | undefined {
  return name.split("-")[1]
}

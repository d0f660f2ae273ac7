import { Secret } from "@tabard/core"
import { fingerprintUnder } from "../credentials/fingerprint.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { DEFAULT_LIMITS } from "../limits.ts"
import type { SourceAgent, SourceRead, SourceReader } from "../sources/source-reader.ts"

/** Reads a text as a scan would: nothing where the reader would not open or not parse it. */
export async function readDeclared(reader: SourceReader, path: string, text: string): Promise<SourceRead> {
  const nothing = { agents: [], servers: [], credentials: [], shortfall: undefined }
  if (!reader.wants(path, path) || !reader.mayDeclare(text)) return nothing
  const context = {
    pack: loadKnowledge(),
    fingerprint: fingerprintUnder(new Secret("a key that only tests use, long enough")),
    limits: DEFAULT_LIMITS,
  }
  return reader.read({ path, text }, context, new AbortController().signal)
}

/** Answers the values that an agent tells under one name. */
export function valuesOf(agent: SourceAgent | undefined, setting: string): readonly string[] {
  return agent?.settings.filter((told) => told.setting === setting).map(({ value }) => value) ?? []
}

import { freest } from "../autonomy/autonomy-order.ts"
import type { SourceAgent } from "../sources/source-reader.ts"

type Known = Pick<SourceAgent, "framework" | "name" | "category" | "line" | "what">

/** Answers an agent as a file declares it: how freely it acts follows from its settings, where one of them says so. */
export function declaredAgent(known: Known & Partial<SourceAgent>): SourceAgent {
  const settings = known.settings ?? []
  const levels = settings.map(({ level }) => level).filter((level) => level !== null)
  return {
    confidence: "high",
    servers: [],
    credentials: [],
    ...known,
    settings,
    level: freest(levels) ?? "not_stated",
  }
}

import { visibleText } from "@tabard/core"
import type { Severity } from "../report.ts"

/** How SARIF says how much a result matters. */
export type SarifLevel = "error" | "warning" | "note"

/** A message of SARIF. */
export interface SarifText {
  readonly text: string
}

/** How each severity is said in SARIF, which has three. */
export const SARIF_LEVEL: Readonly<Record<Severity, SarifLevel>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
}

/** Answers a message in which no name can make a link: §3.11.6 makes one of brackets in plain text. */
export function sarifText(text: string): SarifText {
  return { text: visibleText(text).replaceAll(/[[\]]/g, String.raw`\$&`) }
}

import { styleText } from "node:util"
import type { AutonomyLevel, RiskBand } from "@tabard/core"
import { AUTONOMY_STEPS, autonomySteps, autonomyWords, type Severity } from "@tabard/scan"

/** How the parts of a report look in a terminal. */
export interface Paint {
  bold(text: string): string
  dim(text: string): string
  title(text: string): string
  /** A bar that is longer the more freely an agent acts, and the level in words; empty where nothing is known. */
  autonomy(level: AutonomyLevel): string
  severity(severity: Severity): string
  /** Text in the colour of a band of risk. */
  band(band: RiskBand, text: string): string
}

type Style = Parameters<typeof styleText>[0]

/** How wide a severity is written, so that what follows is in line. */
export const SEVERITY_WIDTH: number = 10
/** The longest words for a level. */
const LEVEL_WIDTH = 23
const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = {
  critical: ["red", "bold"],
  high: "red",
  medium: "yellow",
  low: "dim",
}
const BAND_STYLE: Readonly<Record<RiskBand, Style>> = {
  critical: ["red", "bold"],
  high: "red",
  medium: "yellow",
  low: "green",
}
const LEVEL_STYLE: Readonly<Record<AutonomyLevel, Style>> = {
  none: "green",
  not_stated: "dim",
  restricted: "green",
  partial: "yellow",
  broad: "yellow",
  unrestricted: "red",
  client_default_unrestricted: "red",
}

/** Answers the paint for a terminal, or one that changes nothing for a file. */
export function paintFor(color: boolean): Paint {
  const paint = (style: Style, text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text
  return {
    bold: (text) => paint("bold", text),
    dim: (text) => paint("dim", text),
    title: (text) => paint(["bold", "underline"], text),
    autonomy: (level) =>
      paint(LEVEL_STYLE[level], `${barOf(level)} ${autonomyWords(level).padEnd(LEVEL_WIDTH)}`),
    severity: (severity) => paint(SEVERITY_STYLE[severity], severity.padEnd(SEVERITY_WIDTH)),
    band: (band, text) => paint(BAND_STYLE[band], text),
  }
}

function barOf(level: AutonomyLevel): string {
  const filled = autonomySteps(level)
  return "█".repeat(filled) + "░".repeat(AUTONOMY_STEPS - filled)
}

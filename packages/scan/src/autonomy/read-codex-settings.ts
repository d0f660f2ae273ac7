import type { SettingSighting } from "../configurations/observation.ts"

/** Answers what two settings of Codex mean together: no question and no sandbox is everything, unasked. */
export function readCodexSettings(
  _value: unknown,
  settings: readonly SettingSighting[],
): readonly SettingSighting[] {
  const says = (setting: string, value: string): boolean =>
    settings.some((stated) => stated.setting === setting && stated.value === value)
  const free = says("approval_policy", "never") && says("sandbox_mode", "danger-full-access")
  if (!free) return []
  return [
    {
      setting: "approval_policy with sandbox_mode",
      value: "never, danger-full-access",
      level: "unrestricted",
    },
  ]
}

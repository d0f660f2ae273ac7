import type { FindingRule } from "@tabard/core"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** Words that stand where a purpose should, and say none. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  "a an the to for of and or is it its this that agent agents ai bot assistant tool tools demo example foo bar lorem ipsum misc none purpose some stuff tba tbd test testing thing things todo various wip xxx".split(
    " ",
  ),
)

/** The purpose is a placeholder. */
export const purposeNotStated: FindingRule<Vetted> = {
  id: "purpose-not-stated",
  severity: "medium",
  title: "A manifest states no purpose that a person could hold the agent to",
  remediation: "Say under purpose what the agent does, with what and for whom.",
  controls: ["NIST-AI-RMF-1.0:MAP 1.1", "ISO42001-2023-A:A.6.2.2", "CIS-v8.1:5.5"],
  judge: ({ declarations, standards }) =>
    declarations.flatMap((each) => {
      const words = tellingWords(each.manifest.purpose)
      if (words.size >= standards.purposeWords) return []
      const message = `Its purpose says ${words.size} telling words, and ${standards.purposeWords} are asked for.`
      return [sight(each, ["purpose"], message)]
    }),
}

/** A word that is repeated tells nothing more. */
function tellingWords(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []
  return new Set(words.filter((word) => !EMPTY_WORDS.has(word)))
}

import { maskComments } from "./mask-comments.ts"
import { type PolicyText, parsePolicy } from "./parse-policy.ts"
import { policyMeaning } from "./policy-meaning.ts"

/** What became of some policies, in words: access that is there now, and access that is there no more. */
export interface PolicyChanges {
  readonly adds: readonly string[]
  readonly takesAway: readonly string[]
}

/**
 * Says what policies give and take that others did not. It goes by what they mean: another order, layout, comment or id is nothing.
 * A forbid that is new takes away, and one that is gone adds.
 *
 * @throws {PolicyInvalid}
 */
export function comparePolicies(before: readonly PolicyText[], after: readonly PolicyText[]): PolicyChanges {
  const [was, is] = [byMeaning(before), byMeaning(after)]
  const fresh = [...is].flatMap(([meaning, policy]) => (was.has(meaning) ? [] : [spoken(policy)]))
  const gone = [...was].flatMap(([meaning, policy]) => (is.has(meaning) ? [] : [spoken(policy)]))
  return {
    adds: [
      ...fresh.filter(({ gives }) => gives).map(({ words }) => words),
      ...gone.filter(({ gives }) => !gives).map(({ words }) => `No more: ${words}`),
    ],
    takesAway: [
      ...fresh.filter(({ gives }) => !gives).map(({ words }) => words),
      ...gone.filter(({ gives }) => gives).map(({ words }) => `No more: ${words}`),
    ],
  }
}

function byMeaning(policies: readonly PolicyText[]): ReadonlyMap<string, PolicyText> {
  return new Map(policies.map((policy) => [policyMeaning(policy), policy]))
}

/** More than fits into a plan that a person reads is cut; the whole stands in the document. */
const MOST_CHARACTERS = 600

function spoken(policy: PolicyText): { readonly gives: boolean; readonly words: string } {
  const { id, kind, route, say, json, text } = parsePolicy(policy)
  const gives = json.effect === "permit"
  const what = kind === "plain" ? `${json.effect}s` : gives ? `permits once ${route} agrees` : `asks ${route}`
  const because = say === undefined ? "" : ` (${say})`
  return { gives, words: `${id} ${what}${because}: ${onOneLine(text)}`.slice(0, MOST_CHARACTERS) }
}

const ANNOTATIONS = /^\s*(?:@\w+\s*(?:\(\s*"(?:[^"\\]|\\.)*"\s*\)\s*)?)*/
const TEXT_OR_BLANK = /"(?:[^"\\]|\\.)*"|\s+/gsu

/** Blanks inside of texts mean something, and stay. */
function onOneLine(text: string): string {
  const bare = maskComments(text).replace(ANNOTATIONS, "").trim()
  return bare.replace(TEXT_OR_BLANK, (found) => (found.startsWith('"') ? found : " "))
}

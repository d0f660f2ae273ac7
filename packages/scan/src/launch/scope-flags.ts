import { asFields, asText, asTexts, type Fields, field } from "../documents/fields.ts"

const NAMES_SCOPE = /(?:^|[-_])(?:scopes?|permissions?|roles?|policy|policies|privileges?)$/i
const ALL =
  /^(?:\*|\*[:.]\*|all|admin|administrator|owner|root|superuser|full[-_ ]?access|admin[:.]\S+|(?!(?:read|view|get|list)[:.])\S+[:.]\*)$/i
const ADMINISTRATOR = /(?:AdministratorAccess|PowerUserAccess|\/auth\/cloud-platform|arn:aws[\w-]*:\S*:\*)$/
/** Maps in which a server is told what it may ask for. */
const MAPS = ["env", "environment", "envs", "oauth", "auth"]

/** Answers whether a server is told to ask for everything: an administrator's scope, or a wildcard. */
export function asksForEverything(fields: Fields, args: readonly string[]): boolean {
  const inMaps = MAPS.flatMap((map) => Object.entries(asFields(field(fields, map)) ?? {}))
  const named = [...inMaps, ...Object.entries(fields)].filter(([name]) => NAMES_SCOPE.test(name))
  const texts = named.flatMap(([, value]) => [asText(value) ?? "", ...asTexts(value)])
  return [...texts, ...argumentScopes(args)].some(isEverything)
}

function argumentScopes(args: readonly string[]): readonly string[] {
  return args.flatMap((word, at) => {
    const [, name = "", value = ""] = /^--?([\w-]+)=(.*)$/s.exec(word) ?? []
    if (NAMES_SCOPE.test(name)) return [value]
    const before = args[at - 1] ?? ""
    return before.startsWith("-") && !before.includes("=") && NAMES_SCOPE.test(before) ? [word] : []
  })
}

function isEverything(text: string): boolean {
  return text.split(/[\s,]+/).some((scope) => ALL.test(scope) || ADMINISTRATOR.test(scope))
}

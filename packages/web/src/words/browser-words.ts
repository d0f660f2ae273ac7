const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPad|iOS)\b/, "iOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
]

/** Says what a browser calls itself the way a person would; a name that we do not know is shown as it is. */
export function browserWords(agent: string | null): string {
  if (agent === null || agent.trim() === "") return "A browser that did not say its name"
  const browser = nameIn(BROWSERS, agent)
  if (!browser) return agent
  const system = nameIn(SYSTEMS, agent)
  return system ? `${browser} on ${system}` : browser
}

function nameIn(names: readonly (readonly [RegExp, string])[], agent: string): string | undefined {
  return names.find(([shape]) => shape.test(agent))?.[1]
}

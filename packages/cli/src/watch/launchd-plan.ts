/** Agents of launchd: man 5 launchd.plist. */
import { posix } from "node:path"
import { assertSpeakable, type WatchJob, type WatchPlan } from "./watch-plan.ts"
import { xmlText } from "./xml-text.ts"

const LABEL = "dev.tabard.watch"

/** Answers the agent by which launchd scans for one person, in the background. */
export function launchdPlan(job: WatchJob): WatchPlan {
  assertSpeakable(job, /\p{Cc}|\p{Cs}/u)
  const path = posix.join(job.home, "Library/LaunchAgents", `${LABEL}.plist`)
  const domain = `gui/${job.uid}`
  return {
    files: [{ path, text: propertyList(job), encoding: "utf8" }],
    begin: [["launchctl", "bootstrap", domain, path]],
    end: [["launchctl", "bootout", `${domain}/${LABEL}`]],
    forget: [],
  }
}

function propertyList({ program, args, everyMs, home, settings, environment }: WatchJob): string {
  const variables = Object.entries(environment).flatMap(([name, value]) => entry(name, text(value)))
  const entries = [
    ...entry("Label", text(LABEL)),
    ...entry("ProgramArguments", ["<array>", ...[...program, ...args].flatMap(text).map(indent), "</array>"]),
    ...entry("EnvironmentVariables", ["<dict>", ...variables.map(indent), "</dict>"]),
    ...entry("WorkingDirectory", text(posix.join(settings, "watch"))),
    ...entry("StandardOutPath", text("/dev/null")),
    ...entry("StandardErrorPath", text(posix.join(home, "Library/Logs/tabard-watch.log"))),
    ...entry("StartInterval", [`<integer>${Math.round(everyMs / 1000)}</integer>`]),
    ...entry("RunAtLoad", ["<true/>"]),
    ...entry("ProcessType", text("Background")),
    ...entry("LowPriorityIO", ["<true/>"]),
    ...entry("Nice", ["<integer>10</integer>"]),
    // 0077, as a property list writes it.
    ...entry("Umask", ["<integer>63</integer>"]),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${entries.map(indent).join("\n")}
</dict>
</plist>
`
}

function entry(key: string, value: readonly string[]): readonly string[] {
  return [`<key>${xmlText(key)}</key>`, ...value]
}

function text(value: string): readonly string[] {
  return [`<string>${xmlText(value)}</string>`]
}

function indent(line: string): string {
  return `  ${line}`
}

/** Tasks of Windows: https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema */
import { win32 } from "node:path"
import { assertSpeakable, type WatchJob, type WatchPlan } from "./watch-plan.ts"
import { xmlText } from "./xml-text.ts"

const NAME = "\\Tabard\\Watch"

/** Answers the task by which Windows scans for one person while they are signed in, with the least of their rights. */
export function scheduledTaskPlan(job: WatchJob): WatchPlan {
  // Between percent signs the scheduler reads a variable, and it knows no way to write one sign.
  assertSpeakable(job, /\p{Cc}|\p{Cs}|%/u)
  const path = win32.join(job.settings, "watch-task.xml")
  return {
    files: [{ path, text: `\uFEFF${task(job)}`, encoding: "utf16le" }],
    begin: [["schtasks.exe", "/Create", "/TN", NAME, "/XML", path, "/F"]],
    end: [["schtasks.exe", "/Delete", "/TN", NAME, "/F"]],
    forget: [],
  }
}

function task({ program: [node, ...rest], args, everyMs, settings }: WatchJob): string {
  const minutes = Math.max(1, Math.round(everyMs / 60_000))
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Tabard: which agents act on this machine</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT${minutes}M</Interval>
      </Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <RandomDelay>PT${Math.max(1, Math.round(minutes / 10))}M</RandomDelay>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT15M</ExecutionTimeLimit>
    <Hidden>true</Hidden>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xmlText(`"${node}"`)}</Command>
      <Arguments>${xmlText([...rest, ...args].map(quoted).join(" "))}</Arguments>
      <WorkingDirectory>${xmlText(win32.join(settings, "watch"))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`
}

/** One argument as Windows programs take a line apart: backslashes count double before a quotation mark alone. */
function quoted(text: string): string {
  const inner = text.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")
  return `"${inner}"`
}

import type { OperatingSystem } from "@tabard/scan"
import { launchdPlan } from "./launchd-plan.ts"
import { scheduledTaskPlan } from "./scheduled-task-plan.ts"
import { systemdPlan } from "./systemd-plan.ts"
import type { WatchJob, WatchPlan } from "./watch-plan.ts"

/** How each operating system is told to run a job for good. */
export const PLAN_WATCH: Readonly<Record<OperatingSystem, (job: WatchJob) => WatchPlan>> = {
  linux: systemdPlan,
  macos: launchdPlan,
  windows: scheduledTaskPlan,
}

/** Units of systemd: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html */
import { join } from "node:path"
import { assertSpeakable, type WatchJob, type WatchPlan } from "./watch-plan.ts"

const NAME = "tabard-watch"

/** Answers the units by which systemd scans for one person, with no more rights than a reader needs. */
export function systemdPlan(job: WatchJob): WatchPlan {
  assertSpeakable(job, /\p{Cc}/u)
  const folder = join(job.environment["XDG_CONFIG_HOME"] ?? join(job.home, ".config"), "systemd/user")
  const file = (name: string, text: string): WatchPlan["files"][number] => ({
    path: join(folder, name),
    text,
    encoding: "utf8",
  })
  return {
    files: [file(`${NAME}.service`, service(job)), file(`${NAME}.timer`, timer(job))],
    begin: [
      ["systemctl", "--user", "daemon-reload"],
      ["systemctl", "--user", "enable", "--now", `${NAME}.timer`],
    ],
    end: [
      ["systemctl", "--user", "disable", "--now", `${NAME}.timer`],
      ["systemctl", "--user", "stop", `${NAME}.service`],
    ],
    forget: [["systemctl", "--user", "daemon-reload"]],
  }
}

function service({ program: [node, ...rest], args, settings, environment }: WatchJob): string {
  const variables = Object.entries(environment).map(
    ([name, value]) => `Environment=${quoted(`${name}=${value}`)}`,
  )
  // The colon says that a dollar sign is one.
  const command = [`:${node}`, ...rest, ...args].map(quoted).join(" ")
  return `[Unit]
Description=Tabard: which agents act on this machine

[Service]
Type=oneshot
ExecStart=${command}
WorkingDirectory=${bare(join(settings, "watch"))}
${variables.map((variable) => `${variable}\n`).join("")}TimeoutStartSec=15min
Nice=10
IOSchedulingClass=idle
MemoryMax=1G
UMask=0077
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths=${quoted(settings)}
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
LockPersonality=yes
SystemCallArchitectures=native
`
}

function timer({ everyMs }: WatchJob): string {
  const seconds = Math.round(everyMs / 1000)
  return `[Unit]
Description=Tabard: when to look which agents act on this machine

[Timer]
OnStartupSec=2min
OnUnitActiveSec=${seconds}s
RandomizedDelaySec=${Math.round(seconds / 10)}s
AccuracySec=30s

[Install]
WantedBy=timers.target
`
}

/** One word of a line, whatever stands in it. */
function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%")}"`
}

/** A path where systemd takes the rest of the line as it is. */
function bare(path: string): string {
  return path.replaceAll("%", "%%")
}

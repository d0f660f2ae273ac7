import type { SettingsView } from "@tabard/api"
import { type Bounds, GRACE_DAYS, IDLE_DAYS, LEAVER_GRACE_DAYS, MOST_WARNINGS, WARN_DAYS } from "@tabard/core"
import type { ReactNode } from "react"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useSettings } from "../../data/settings-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { count, listed } from "../../words/count.ts"
import { wideningWords } from "../../words/widening-words.ts"
import { DaysForm, type SettledDays } from "./days-form.tsx"
import { WideningForm } from "./widening-form.tsx"

/** What the organisation is called, and what it settled for all of its agents. */
export function GeneralSettings(): ReactNode {
  const { organisation } = useSignedIn()
  return (
    <Definitions>
      <Definition name="Organisation">
        <Said text={organisation.name} />
      </Definition>
      <Definition name="Address">
        <code className="font-mono text-small">{window.location.origin}</code>
      </Definition>
      {WAITS.map((wait) => (
        <Wait key={wait.of} {...wait} />
      ))}
      <Widening />
    </Definitions>
  )
}

interface WaitProps {
  readonly of: SettledDays
  readonly name: string
  readonly hint: string
  readonly bounds: Bounds
}

const WAITS: readonly WaitProps[] = [
  {
    of: "graceDays",
    name: "Grace period",
    hint: "After this, a discovered agent that nobody has adopted or dismissed is shadow: it shows as such and is a finding.",
    bounds: GRACE_DAYS,
  },
  {
    of: "idleDays",
    name: "Inactivity",
    hint: "After this without a token and a call, an agent is suspended.",
    bounds: IDLE_DAYS,
  },
  {
    of: "leaverGraceDays",
    name: "After an owner left",
    hint: "For this long their agents wait for somebody to take them over; then they are suspended.",
    bounds: LEAVER_GRACE_DAYS,
  },
  {
    of: "warnDays",
    name: "Warnings",
    hint: `So long before a mandate ends or an idle agent is suspended, its people are told; up to ${MOST_WARNINGS} times.`,
    bounds: WARN_DAYS,
  },
]

function Wait({ of, name, hint, bounds }: WaitProps): ReactNode {
  const { user } = useSignedIn()
  return (
    <Definition name={name} hint={hint}>
      <Loaded
        reading={readingOf(useSettings())}
        what="The settings"
        loading={<SkeletonLines lines={1} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(settings) =>
          user.role === "administrator" ? (
            <DaysForm of={of} name={name} kept={settings[of]} bounds={bounds} />
          ) : (
            inWords(settings[of])
          )
        }
      </Loaded>
    </Definition>
  )
}

function Widening(): ReactNode {
  const { user } = useSignedIn()
  return (
    <Definition
      name="Letting agents do more"
      hint="Who puts a manifest in force by which an agent may do more, observes it, or says that it acts elsewhere than in production. Where nobody else is there, its only administrator does."
    >
      <Loaded
        reading={readingOf(useSettings())}
        what="The settings"
        loading={<SkeletonLines lines={1} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {({ widenedByAnother: another }) =>
          user.role === "administrator" ? <WideningForm another={another} /> : wideningWords(another)
        }
      </Loaded>
    </Definition>
  )
}

function inWords(kept: SettingsView[SettledDays]): string {
  return listed((typeof kept === "number" ? [kept] : kept).map((days) => count(days, "day")))
}

import type { AskingDeviceView, SessionView } from "@tabard/api"
import { type ReactNode, type SyntheticEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useAnswerDevice, useCheckDevice } from "../../data/device-sign-in-query.ts"

/** Signs a command line in: the code that it shows, then who it is, then a yes. */
export function DevicePage({ session }: { session: SessionView }): ReactNode {
  const [code, setCode] = useState(() => window.location.hash.slice(1, 20))
  const check = useCheckDevice()
  if (check.data) return <Asking code={code} device={check.data} session={session} />
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    check.mutate(code)
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      <h1 className="text-title font-semibold tracking-tight">Sign a command line in</h1>
      <p className="text-soft">Type the code that it shows. Nobody but you should have given it to you.</p>
      <label className="block space-y-1">
        <span className="font-medium">Code</span>
        <input
          value={code}
          onChange={(event) => setCode(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          maxLength={40}
          className="block h-11 w-full rounded-md border border-edge bg-ground px-3 font-mono text-lead tracking-widest uppercase"
        />
      </label>
      <ProblemNote error={check.error} />
      <Button type="submit" look="primary" size="large" busy={check.isPending}>
        Look who shows it
      </Button>
    </form>
  )
}

interface AskingProps {
  readonly code: string
  readonly device: AskingDeviceView
  readonly session: SessionView
}

function Asking({ code, device, session }: AskingProps): ReactNode {
  const answer = useAnswerDevice(code)
  if (answer.isSuccess)
    return (
      <div role="status" className="space-y-2">
        <h1 className="text-title font-semibold tracking-tight">
          {answer.variables ? "It is signed in" : "It is refused"}
        </h1>
        <p className="text-soft">
          {answer.variables
            ? "It goes on by itself. You find it among your sessions, and end it there."
            : "Nothing was given to it."}{" "}
          You can close this page.
        </p>
      </div>
    )
  return (
    <div className="space-y-5">
      <h1 className="text-title font-semibold tracking-tight text-balance">
        Sign <Said text={device.machine} /> in as you?
      </h1>
      <p className="text-soft">
        Its command line could then do what <Said text={session.user.name} /> may do here, for twelve hours.
        Agree only if you typed <code className="font-mono text-ink">tabard login</code> there just now.
      </p>
      <ProblemNote error={answer.error} />
      <div className="flex flex-wrap gap-2 max-md:flex-col">
        <Button look="primary" size="large" busy={answer.isPending} onClick={() => answer.mutate(true)}>
          Sign it in as me
        </Button>
        <Button size="large" disabled={answer.isPending} onClick={() => answer.mutate(false)}>
          Refuse
        </Button>
      </div>
    </div>
  )
}

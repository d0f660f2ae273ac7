import type { SessionView } from "@tabard/api"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type ReactNode, useEffect, useState } from "react"
import { CopyableBlock } from "../../components/copyable.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useClient } from "../../data/client-context.ts"
import { keys } from "../../data/keys.ts"
import { IntroduceForm } from "./introduce-form.tsx"
import { ProviderWay } from "./provider-way.tsx"
import { followLink } from "./sign-in-flow.ts"

/** All that a person sees who is not signed in, or not any more: where the link is, or the way through it. */
export function SignInPage({ code, ended }: { code: string | undefined; ended: boolean }): ReactNode {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-5 pb-[12vh]">
      <img src="/tabard.svg" alt="" className="mb-5 size-9" />
      {ended && (
        <p role="status" className="mb-3 text-soft">
          You are signed out: your session here has ended.
        </p>
      )}
      {code === undefined ? <WhereTheLinkIs /> : <FollowLink code={code} />}
    </main>
  )
}

function WhereTheLinkIs(): ReactNode {
  return (
    <div className="space-y-3">
      <h1 className="text-title font-semibold tracking-tight">Sign in to Tabard</h1>
      <ProviderWay />
      <p className="text-soft">
        Open the one-time link that an administrator gave you, or that Tabard printed in the terminal when it
        started. It works once, and only for a short time.
      </p>
      <p className="text-soft">
        For a new one ask an administrator, or stop Tabard with Ctrl-C and start it again where it runs, then
        open what it prints:
      </p>
      <CopyableBlock text="npm start" what="the command" />
    </div>
  )
}

function FollowLink({ code }: { code: string }): ReactNode {
  const client = useClient()
  const enter = useEnter()
  const [introducing, setIntroducing] = useState(false)
  const { mutate, error } = useMutation({
    mutationFn: () => followLink(client, code),
    onSuccess: (step) => (step.kind === "introduce" ? setIntroducing(true) : enter(step.session)),
  })
  useEffect(() => mutate(), [mutate])
  if (introducing) return <IntroduceForm code={code} onSignedIn={enter} />
  if (!error)
    return (
      <p role="status" className="text-soft">
        Checking the link…
      </p>
    )
  return (
    <div className="space-y-5">
      <ProblemNote error={error} />
      <WhereTheLinkIs />
    </div>
  )
}

function useEnter(): (session: SessionView) => void {
  const cache = useQueryClient()
  return (session) => cache.setQueryData(keys.session, session)
}

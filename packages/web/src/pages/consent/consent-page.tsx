import type { ClientRequestView, SessionView } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useAnswerClient, useClientRequest } from "../../data/client-request-query.ts"
import { AskedFor } from "./asked-for.tsx"
import { agreeWords, refusedWords } from "./consent-words.ts"
import { DevicePage } from "./device-page.tsx"
import { Standing } from "./standing.tsx"

/** What a client asks of the person who signs it in, and their answer: who asks, as which agent, for what, and what follows. */
export function ConsentPage({ id, session }: { id: string; session: SessionView }): ReactNode {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-lg flex-col justify-center px-5 py-10">
      <img src="/tabard.svg" alt="" className="mb-5 size-9" />
      {id === "refused" && <Refused />}
      {id === "device" && <DevicePage session={session} />}
      {id !== "refused" && id !== "device" && <Asked id={id} session={session} />}
    </main>
  )
}

function Asked({ id, session }: { id: string; session: SessionView }): ReactNode {
  const { data, error, refetch } = useClientRequest(id)
  if (data) return <Request request={data} session={session} />
  if (!error) return <SkeletonLines lines={6} />
  return (
    <div className="space-y-4">
      <h1 className="text-title font-semibold tracking-tight">Nothing is asked of you here</h1>
      <ProblemNote error={error} />
      <Button onClick={() => void refetch()}>Look again</Button>
    </div>
  )
}

function Request({ request, session }: { request: ClientRequestView; session: SessionView }): ReactNode {
  const answer = useAnswerClient(request.id)
  const done = answer.data?.continueAt !== undefined && answer.data.continueAt !== null
  const give = (agree: boolean): void =>
    answer.mutate(agree, {
      onSuccess: ({ continueAt }) => {
        if (continueAt !== null) window.location.assign(continueAt)
      },
    })
  return (
    <div className="space-y-5">
      <header className="space-y-1">
        <h1 className="text-title font-semibold tracking-tight text-balance">
          <Said text={request.client.name} /> wants to act for you
        </h1>
        <p className="text-soft">
          You are signed in as <Said text={session.user.name} />. Go on only if you began this in the client
          yourself.
        </p>
      </header>
      <AskedFor request={request} />
      <Standing request={request} />
      <ProblemNote error={answer.error} />
      <div className="flex flex-wrap gap-2 max-md:flex-col">
        <Button look="primary" size="large" busy={answer.isPending || done} onClick={() => give(true)}>
          {agreeWords(request)}
        </Button>
        <Button size="large" disabled={answer.isPending || done} onClick={() => give(false)}>
          {request.state === "waiting" ? "Go back without it" : "Refuse"}
        </Button>
      </div>
    </div>
  )
}

function Refused(): ReactNode {
  const code = new URLSearchParams(window.location.search).get("error")
  return (
    <div className="space-y-3">
      <h1 className="text-title font-semibold tracking-tight">This ends here</h1>
      <p className="text-soft">{refusedWords(code)}</p>
      <p className="text-soft">
        Nothing was given to anybody. Close this page, and begin again in the client.
      </p>
    </div>
  )
}

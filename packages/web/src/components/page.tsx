import type { ReactNode } from "react"

/** A page: its title, what stands beside it, and one main thing. */
export function Page(props: { title: ReactNode; beside?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <div className="mx-auto w-full max-w-[1440px] px-4 pt-5 pb-16 md:px-8 md:pt-7">
      <header className="mb-4 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-title font-semibold tracking-tight">{props.title}</h1>
        {props.beside}
      </header>
      {props.children}
    </div>
  )
}

/** A part of a page under a quiet heading. */
export function Section(props: {
  title: string
  beside?: ReactNode
  children: ReactNode
  className?: string
}): ReactNode {
  return (
    <section className={props.className}>
      <header className="mb-2 flex min-h-6 flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h2 className="font-semibold">{props.title}</h2>
        {props.beside}
      </header>
      {props.children}
    </section>
  )
}

/** A frame around a list, so that its rows end where the eye expects. */
export function Frame({ children, className = "" }: { children: ReactNode; className?: string }): ReactNode {
  return <div className={`overflow-hidden rounded-lg border ${className}`}>{children}</div>
}

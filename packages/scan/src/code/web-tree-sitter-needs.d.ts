/** Types that the parser's own declarations name and do not bring; nothing of ours uses them. */
interface EmscriptenModule {
  readonly locateFile: (path: string, folder: string) => string
}
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string
  }
}

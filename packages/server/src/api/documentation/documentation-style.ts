/** How the page of the contract looks, in the light and in the dark. */
export const DOCUMENTATION_STYLE: string = `
:root { color-scheme: light dark; font: 15px/1.6 ui-sans-serif, system-ui, sans-serif; }
body {
  margin: 0 auto; max-width: 60rem; padding: 2rem 1rem;
  background: light-dark(#ffffff, #111214); color: light-dark(#17181c, #ececef);
}
a { color: light-dark(#2f55d4, #96abff); }
code, pre { font-family: ui-monospace, monospace; font-size: 0.87em; overflow-wrap: anywhere; }
pre {
  max-height: 24rem; overflow: auto; padding: 0.75rem; border-radius: 6px;
  background: light-dark(#f7f7f8, #17181b); white-space: pre; overflow-wrap: normal;
}
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0.75rem 0; }
h2 { margin-top: 3rem; }
article { padding: 1rem 0; border-top: 1px solid light-dark(#e6e6ea, #292a30); }
h3 { margin: 0; font-size: 1rem; }
h4 { margin: 0.5rem 0; font-size: 0.9rem; }
.method { font-weight: 700; }
.id { color: light-dark(#565762, #abacb6); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.25rem 0.5rem 0.25rem 0; text-align: left; vertical-align: top; }
`

import type { Api } from './parts.ts';
import { ApiProblem } from './problem.ts';

const FORMS = new Set(['/sign-in', '/sign-in/keep', '/connect/choose']);

/** Reads the forms of our own pages. Refuses one anywhere else, so that no other route accepts a form by accident. */
export function readForms(app: Api): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (request, body, done) => {
      if (FORMS.has(request.routeOptions.url ?? '')) done(null, fieldsOf(new URLSearchParams(String(body))));
      else done(new ApiProblem('unsupported-media-type', 'The body is a form: send JSON.'), undefined);
    },
  );
}

/** A field that stands more than once is a list. */
function fieldsOf(form: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

# Debian, not Alpine: the embedded PostgreSQL and several packages are built against glibc.
FROM node:24-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
# The image has Node 24 itself, so the one that npm brings for older machines is left out.
RUN npm ci --ignore-scripts --omit=dev && rm -rf node_modules/node-linux-*

FROM modules AS page
COPY . .
RUN node bin/node.mjs node_modules/vite/bin/vite.js build src/dashboard

FROM node:24-bookworm-slim
# What Node compiled is kept for the next start, which then takes half the time and 20 MB less.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8484 STANDFIRST_DATA=/data NODE_COMPILE_CACHE=/data/compile-cache
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=700 /data
COPY --from=modules /app/node_modules ./node_modules
COPY --from=page /app/dist ./dist
COPY package.json LICENSE NOTICE ./
COPY bin ./bin
COPY config ./config
COPY src ./src
COPY workers ./workers
# The commands of the API are made from it.
COPY docs/openapi.json ./docs/openapi.json
USER node
VOLUME /data
EXPOSE 8484
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8484/readyz').then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which does not pass SIGTERM on.
CMD ["node", "src/server.ts"]

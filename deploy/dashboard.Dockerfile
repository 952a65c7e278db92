# The dashboard: Next's own server with only the modules that it uses. No database address, no key.
# Nothing here needs BuildKit.
ARG NODE_IMAGE=node:24-bookworm-slim

# Only what decides an installation: after a change of sources alone nothing is installed anew.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /pacto
COPY . .
RUN mkdir /manifests \
  && find . -maxdepth 3 \( -name package.json -o -name package-lock.json -o -name .npmrc \) \
    -exec cp --parents {} /manifests \;

FROM ${NODE_IMAGE} AS build
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /pacto
COPY --from=manifests /manifests ./
# Not `npm ci`: the lock file may lack the optional packages of another platform (scripts/prepare.mjs).
RUN npm install --no-save --ignore-scripts --no-fund --no-audit -w @pacto/dashboard
COPY . .
RUN mkdir -p apps/dashboard/public && PACTO_STANDALONE=1 npm run build -w @pacto/dashboard

FROM ${NODE_IMAGE} AS dashboard
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000
WORKDIR /pacto
COPY --from=build /pacto/apps/dashboard/.next/standalone ./
COPY --from=build /pacto/apps/dashboard/public apps/dashboard/public
COPY --from=build /pacto/apps/dashboard/.next/static apps/dashboard/.next/static
COPY deploy/containers/healthcheck.mjs ./
# By number, so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "healthcheck.mjs", "/"]
ENTRYPOINT ["node", "apps/dashboard/server.js"]

# One bank's node (the last stage), and with `--target tools` the programs that prepare and ask a
# consortium of containers. Nothing here needs BuildKit.
ARG NODE_IMAGE=node:24-bookworm-slim

# Only what decides an installation: after a change of sources alone nothing is installed anew.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /pacto
COPY . .
RUN mkdir /manifests \
  && find . -maxdepth 3 \( -name package.json -o -name package-lock.json -o -name .npmrc \) \
    -exec cp --parents {} /manifests \;

FROM ${NODE_IMAGE} AS build
WORKDIR /pacto
COPY --from=manifests /manifests ./
# Not `npm ci`: the lock file may lack the optional packages of another platform (scripts/prepare.mjs).
RUN npm install --no-save --ignore-scripts --no-fund --no-audit \
  -w @pacto/bank-node -w @pacto/testbed -w @pacto/cli
COPY . .
RUN npm run generate -w @pacto/bank-node \
  && npm run build -w @pacto/bank-node -w @pacto/testbed -w @pacto/cli

FROM ${NODE_IMAGE} AS tools-packages
WORKDIR /pacto
COPY --from=manifests /manifests ./
RUN npm install --no-save --ignore-scripts --no-fund --no-audit --omit=dev --omit=optional --omit=peer \
  -w @pacto/testbed -w @pacto/cli \
  && rm -rf node_modules/@pacto

FROM ${NODE_IMAGE} AS tools
ENV NODE_ENV=production PACTO_DATA_DIR=/consortium
WORKDIR /pacto
COPY --from=tools-packages /pacto/node_modules node_modules
COPY --from=build /pacto/apps/cli/bin apps/cli/bin
COPY --from=build /pacto/apps/cli/dist apps/cli/dist
COPY --from=build /pacto/packages/testbed/dist packages/testbed/dist
COPY --from=build /pacto/apps/cli/package.json apps/cli/
COPY --from=build /pacto/packages/testbed/package.json packages/testbed/
COPY package.json ./
COPY consortium consortium
USER 1000:1000
ENTRYPOINT ["node", "apps/cli/bin/pacto.mjs"]

FROM ${NODE_IMAGE} AS bank-node-packages
WORKDIR /pacto
COPY --from=manifests /manifests ./
RUN npm install --no-save --ignore-scripts --no-fund --no-audit --omit=dev --omit=optional --omit=peer \
  -w @pacto/bank-node \
  # Prisma brings its compiler for every kind of database, four times each.
  && find node_modules/@prisma/client/runtime -name 'query_compiler_*' ! -name '*.postgresql.*' -delete \
  && rm -rf node_modules/@pacto

FROM ${NODE_IMAGE} AS bank-node
ENV NODE_ENV=production PACTO_HOST=0.0.0.0 PACTO_PORT=8080
WORKDIR /pacto
COPY --from=bank-node-packages /pacto/node_modules node_modules
# The other bundle, with failpoints for tests, stays behind.
COPY --from=build /pacto/apps/bank-node/dist/main.js /pacto/apps/bank-node/dist/main.js.map ./
COPY --from=build /pacto/apps/bank-node/dist/prisma prisma
COPY --from=build /pacto/apps/bank-node/package.json ./
COPY deploy/containers/start-bank.mjs deploy/containers/healthcheck.mjs ./
# By number, so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "healthcheck.mjs", "/readyz"]
# Room for what a batch leaves behind, or the collector takes a sixth of a busy node's time.
ENTRYPOINT ["node", "--max-semi-space-size=32", "start-bank.mjs"]

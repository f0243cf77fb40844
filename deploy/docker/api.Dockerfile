# The program: serves the API (`api`), prepares databases (`provision`, `migrate`) and waits for them (`wait`, `status`).
# The bases are arguments, pinned in bases.json; a test compares. Behind a proxy that speaks TLS: --secret id=ca,src=<its certificates>.
ARG NODE_IMAGE=node:24-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe
ARG DEBIAN_IMAGE=debian:trixie-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f

# The same lines as in edge.Dockerfile, so that one installation serves both.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY web/package.json web/
COPY load/package.json load/
COPY bench/package.json bench/
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=ca \
  if [ -s /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; npm ci

FROM dependencies AS build
COPY deploy/docker/only-production.mjs deploy/docker/
RUN node deploy/docker/only-production.mjs server /app/node_modules
COPY tsconfig.json ./
COPY shared shared
COPY server server
ARG COMMIT=development
RUN sed -i "s/commit: 'development'/commit: '${COMMIT}'/" server/src/system/release.ts \
  && grep -q "commit: '${COMMIT}'" server/src/system/release.ts \
  && npm run build --workspace server && mkdir -p /app/server && cp -r server/dist /app/server/

FROM ${NODE_IMAGE} AS node

# Node.js without its package manager: nothing here can install anything.
FROM ${DEBIAN_IMAGE}
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app /app
COPY deploy/docker/api/ /app/
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=6s --start-period=20s --retries=3 CMD ["node", "/app/healthy.mjs"]
ENTRYPOINT ["node", "/app/start.mjs"]
CMD ["api"]

/** The programs that our checks drive and npm does not carry: pinned versions, and where their source is. */

/**
 * `sum` is what the Go checksum database says of the module (h1 of the zip): its go.sum pins everything below it.
 * `versionOf` are the arguments that make the program say its version; `alsoIn` are directories besides the PATH.
 */
export const tools = {
  k6: {
    program: 'k6',
    version: 'v2.2.0',
    module: 'go.k6.io/k6/v2',
    sum: 'h1:FXtQJeClRQm25eraUvz/cbn2xcYZThs6cv2lBnid8tM=',
    package: 'go.k6.io/k6/v2',
    versionOf: ['version'],
    install: 'https://grafana.com/docs/k6/latest/set-up/install-k6/',
  },
  compose: {
    program: 'docker-compose',
    version: 'v2.40.3',
    module: 'github.com/docker/compose/v2',
    sum: 'h1:XeYkQu1svDtyfZPv5nTwFryQ25ZJMkIlc4pz9HalMPI=',
    package: 'github.com/docker/compose/v2/cmd',
    // Without this the plugin calls itself "dev", and the docker command line prints that.
    ldflags: '-X github.com/docker/compose/v2/internal.Version=v2.40.3',
    versionOf: ['version', '--short'],
    alsoIn: [
      '~/.docker/cli-plugins',
      '/usr/local/lib/docker/cli-plugins',
      '/usr/local/libexec/docker/cli-plugins',
      '/usr/lib/docker/cli-plugins',
      '/usr/libexec/docker/cli-plugins',
    ],
    install: 'https://docs.docker.com/compose/install/linux/',
  },
}

// The OWASP Core Rule Set, fetched as a Go module because go.sum says what it has to be.
module mortise/crs

go 1.23

require github.com/corazawaf/coraza-coreruleset/v4 v4.25.0

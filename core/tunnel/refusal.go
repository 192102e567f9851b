package tunnel

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"rentbell/core"
)

// longestText bounds what is kept of a service's error, in bytes.
const longestText = 1000

// code finds ngrok's error code. The SDK hands most errors on as bare text, in
// which the code stands as ERR_NGROK_105 or as part of a link, in small letters.
var code = regexp.MustCompile(`(?i)\bERR_NGROK_[0-9]+`)

// refusals are the codes that only the user can mend, here or at ngrok, from
// https://ngrok.com/docs/errors/reference. Everything else may pass by itself
// and is tried again: no network, an unknown code, an address that is still
// online because the last session has not been missed yet (334), too many
// agents or endpoints at once (108, 324, 348-351), a plan's quota, which comes
// back with the next minute or month (702-740).
var refusals = map[string]kind{
	"ERR_NGROK_105":  badToken, // looks like no authtoken
	"ERR_NGROK_106":  badToken, // of ngrok 1
	"ERR_NGROK_107":  badToken, // reset, revoked, or its owner was removed
	"ERR_NGROK_300":  badToken, // revoked, said while binding
	"ERR_NGROK_4018": badToken, // none arrived

	"ERR_NGROK_102":  badAccount, // last payment failed
	"ERR_NGROK_103":  badAccount, // suspended
	"ERR_NGROK_115":  badAccount, // this IP is not among those allowed
	"ERR_NGROK_116":  badAccount, // the same, for this authtoken
	"ERR_NGROK_123":  badAccount, // e-mail address not verified
	"ERR_NGROK_337":  badAccount, // 102, said while binding
	"ERR_NGROK_338":  badAccount, // 103, said while binding
	"ERR_NGROK_382":  badAccount, // 123, said while binding
	"ERR_NGROK_9009": badAccount, // a network proxy needs a paid plan

	"ERR_NGROK_121": tooOld, // this version of the SDK is no longer served

	"ERR_NGROK_313": badAddress, // own subdomains need a paid plan
	"ERR_NGROK_314": badAddress, // own domains need a paid plan
	"ERR_NGROK_316": badAddress, // this authtoken may not use it
	"ERR_NGROK_318": badAddress, // wildcard, not reserved
	"ERR_NGROK_319": badAddress, // not reserved
	"ERR_NGROK_320": badAddress, // reserved for another account
	"ERR_NGROK_326": badAddress, // 326-331, 347, 355, 396, 397: no valid name
	"ERR_NGROK_327": badAddress,
	"ERR_NGROK_328": badAddress,
	"ERR_NGROK_329": badAddress,
	"ERR_NGROK_330": badAddress,
	"ERR_NGROK_331": badAddress,
	"ERR_NGROK_347": badAddress,
	"ERR_NGROK_354": badAddress, // not reserved, and nested
	"ERR_NGROK_355": badAddress,
	"ERR_NGROK_396": badAddress,
	"ERR_NGROK_397": badAddress,
}

// kind is what a refusal is about, in the words of a log line.
type kind string

const (
	badToken   kind = "authtoken not accepted"
	badAccount kind = "account not served"
	badAddress kind = "address not granted"
	tooOld     kind = "version no longer served"
)

// explain sorts an error of the SDK and rids it of the authtoken, which
// ngrok's texts may repeat.
func explain(err error, token core.Secret) *core.TunnelError {
	text := err.Error()
	e := &core.TunnelError{Code: strings.ToUpper(code.FindString(text)), Err: err}
	clean := core.Secrets{Authtoken: token}.Scrub(text[:min(len(text), longestText)])
	clean = strings.Join(strings.Fields(clean), " ")
	if clean != text {
		e.Err = errors.New(clean) // else errors.As may look into a network error
	}
	var about kind
	if about, e.Refused = refusals[e.Code]; e.Refused {
		e.Err = fmt.Errorf("%s: %w", about, e.Err)
	}
	return e
}

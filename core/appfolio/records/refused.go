package records

import (
	"cmp"
	"encoding/json"
	"net/http"

	"rentbell/core"
	"rentbell/core/appfolio"
)

const longestCode = 40 // of a code and a request id, in characters

// refusal makes an error of an answer that is no success.
func refusal(resp *http.Response, words []byte, secrets core.Secrets) *core.Refused {
	var said struct {
		Code text `json:"code"`
	}
	_ = json.Unmarshal(words, &said) // without JSON there is no code
	e := &core.Refused{
		Status:     resp.StatusCode,
		Code:       shorten(appfolio.Clean(string(said.Code), secrets)),
		Message:    appfolio.Message(words, secrets),
		RequestID:  shorten(appfolio.Clean(resp.Header.Get("X-Request-Id"), secrets)),
		RetryAfter: min(appfolio.RetryAfter(resp.Header), longestPause),
	}
	if e.Message == e.Code {
		e.Message = ""
	}
	if e.Status == http.StatusTooManyRequests {
		e.RetryAfter = cmp.Or(e.RetryAfter, unsaidPause)
	}
	return e
}

func shorten(s string) string {
	if r := []rune(s); len(r) > longestCode {
		return string(r[:longestCode-1]) + "…"
	}
	return s
}

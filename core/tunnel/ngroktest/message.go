package ngroktest

import (
	"encoding/json"

	"golang.ngrok.com/muxado/v2"
)

// The kinds of streams between agent and service. Each starts with its kind; all
// but proxy streams then carry one JSON message and its JSON answer. Numbers
// and fields are those of golang.ngrok.com/ngrok/v2/internal/tunnel/proto.
const (
	authStream     muxado.StreamType = 0  // agent: sign in
	bindStream     muxado.StreamType = 1  // agent: give me an address
	unbindStream   muxado.StreamType = 2  // agent: I need it no more
	proxyStream    muxado.StreamType = 3  // service: a client's connection
	srvInfoStream  muxado.StreamType = 8  // agent: who are you
	stopBindStream muxado.StreamType = 9  // service: the address is gone
	patchStream    muxado.StreamType = 10 // agent: change what is bound
)

type authRequest struct {
	Version  []string
	ClientID string `json:"ClientId"` // of the session before, when reconnecting
	Extra    struct{ Authtoken, Cookie string }
}

type authResponse struct {
	Version  string
	ClientID string `json:"ClientId"`
	Error    string
	Extra    struct{ Version, Region, Cookie, AccountName, PlanName, AgentSessionID string }
}

type bindRequest struct {
	ID    string `json:"Id"` // of the bind before, when reconnecting
	Proto string
	Opts  json.RawMessage
	Extra struct{ Token string } // of the bind before, when reconnecting
}

// endpointOptions is the part of bindRequest.Opts that is looked at.
type endpointOptions struct{ URL, TrafficPolicy string }

type bindResponse struct {
	ID    string `json:"Id"`
	URL   string
	Proto string
	Opts  json.RawMessage // as asked; the agent sends them again when it reconnects
	Error string
	Extra struct{ Token, TunnelID string }
}

type unbindRequest struct {
	ID string `json:"Id"`
}

type srvInfoResponse struct{ Region string }

// errorResponse answers what has nothing else to say.
type errorResponse struct{ Error string }

type stopBind struct {
	ID        string `json:"Id"`
	Message   string
	ErrorCode string
}

// proxyHeader precedes the bytes of a proxy stream, after its length as a
// little-endian int64.
type proxyHeader struct {
	ID             string `json:"Id"`
	ClientAddr     string
	Proto          string
	EdgeType       string
	PassthroughTLS bool
}

package door

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

// The contract of the receiver.
const (
	// MaxBody is the largest body taken, in bytes.
	MaxBody = 1 << 20

	maxHeader     = 16 << 10 // far above any sender's, far below what hurts
	headerSlack   = 4 << 10  // net/http allows so much more than it is told
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second // the whole request
	writeTimeout  = 60 * time.Second // reading, a slow disk and the answer
	idleTimeout   = 2 * time.Minute

	retryAfter = "5" // seconds, with a 503: the time an overfull disk takes to be noticed
)

// answer is one row of the contract's table.
type answer struct {
	status int
	body   []byte
}

var (
	answerReceived    = answer{http.StatusOK, []byte(`{"received":true}`)}
	answerDuplicate   = answer{http.StatusOK, []byte(`{"received":true,"duplicate":true}`)}
	answerQuarantined = answer{http.StatusOK, []byte(`{"received":true,"quarantined":true}`)}
	answerKnownApart  = answer{http.StatusOK, []byte(`{"received":true,"duplicate":true,"quarantined":true}`)}
	answerIgnored     = answer{http.StatusOK, []byte(`{"received":true,"ignored":true}`)}
	answerForged      = answer{http.StatusUnauthorized, []byte(`{"error":"Invalid signature"}`)}
	answerUnreadable  = answer{http.StatusBadRequest, []byte(`{"error":"Unreadable body"}`)}
	answerNotFound    = answer{http.StatusNotFound, []byte(`{"error":"Not found"}`)}
	answerNotPost     = answer{http.StatusMethodNotAllowed, []byte(`{"error":"Method not allowed"}`)}
	answerTooLarge    = answer{http.StatusRequestEntityTooLarge, []byte(`{"error":"Body too large"}`)}
	answerHeaders     = answer{http.StatusRequestHeaderFieldsTooLarge, []byte(`{"error":"Headers too large"}`)}
	answerNoDisk      = answer{http.StatusServiceUnavailable, []byte(`{"error":"Storage unavailable"}`)}
	answerNoKeys      = answer{http.StatusServiceUnavailable, []byte(`{"error":"Signature keys unavailable"}`)}
	answerNoSecret    = answer{http.StatusServiceUnavailable, []byte(`{"error":"Webhook secret unavailable"}`)}
	answerBusy        = answer{http.StatusServiceUnavailable, []byte(`{"error":"Too busy"}`)}
)

func (a answer) write(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Type"] = contentTypeJSON
	switch a.status {
	case http.StatusMethodNotAllowed:
		h.Set("Allow", http.MethodPost)
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", retryAfter)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // a sender that has gone will ask again
}

var contentTypeJSON = []string{"application/json"}

// Receiver takes deliveries: it answers each of them once what it holds is
// committed, and never looks into one that is not authentic.
type Receiver struct {
	ledger  core.Ledger
	source  func(core.Kind) core.Source
	choices *board.Choices
	board   *board.Board
	log     *slog.Logger
	now     func() time.Time

	crowd   *crowd
	tests   *tests
	apart   *apart
	samples samples

	brought     func() // something new is stored; must not wait
	changedOver func() // a delivery has come under a new webhook secret; must not wait
	proved      func(core.Secret)

	storageFailed atomic.Bool // the last commit failed
	uncheckable   seldom      // tells of deliveries that could not be checked
	ignored       seldom      // tells of doorbells of other accounts
}

// ReceiverConfig is what a Receiver is made of.
type ReceiverConfig struct {
	Ledger  core.Ledger
	Source  func(core.Kind) core.Source // of a connection kind
	Choices *board.Choices
	Board   *board.Board
	Log     *slog.Logger
	Now     func() time.Time
	// FreeSpace is what is left on the disk of the data, in bytes; nil: nobody knows.
	FreeSpace func() (uint64, error)

	Brought     func()            // something new is stored; must not wait
	ChangedOver func()            // a delivery has come under a new webhook secret; must not wait
	Proved      func(core.Secret) // a delivery was authentic under this webhook secret; must not wait
}

// NewReceiver makes a Receiver.
func NewReceiver(c ReceiverConfig) *Receiver {
	return &Receiver{
		ledger: c.Ledger, source: c.Source, choices: c.Choices, board: c.Board, log: c.Log, now: c.Now,
		crowd: newCrowd(), tests: newTests(), apart: newApart(c), brought: c.Brought, changedOver: c.ChangedOver, proved: c.Proved,
	}
}

// ServeHTTP answers every request as the table of answers above says.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	switch {
	case headerSize(req) > maxHeader:
		w.Header().Set("Connection", "close")
		answerHeaders.write(w)
	case req.URL.EscapedPath() != core.WebhookPath: // escaped: %2e forms are other paths
		answerNotFound.write(w)
	case req.Method != http.MethodPost:
		answerNotPost.write(w)
	case req.ContentLength > MaxBody:
		w.Header().Set("Connection", "close") // nobody wants to read the rest
		answerTooLarge.write(w)
	default:
		r.receive(w, req).write(w)
	}
}

// headerSize is about the bytes of a request up to its body. The server counts them
// too, but not those that it has read together with the request before.
func headerSize(req *http.Request) int {
	size := len(req.Method) + len(req.RequestURI) + len(req.Proto) + len("  \r\nHost: \r\n\r\n") + len(req.Host)
	for name, values := range req.Header {
		for _, value := range values {
			size += len(name) + len(value) + len(": \r\n")
		}
	}
	return size
}

// receive takes one delivery from the wire to the disk. Everything after the
// commit is told by a nudge, so nothing there can hold up or undo the answer.
func (r *Receiver) receive(w http.ResponseWriter, req *http.Request) answer {
	body, done, err := r.crowd.readBody(w, req)
	defer done()
	switch {
	case err == nil:
	case errors.As(err, new(*http.MaxBytesError)):
		return answerTooLarge
	case errors.Is(err, errNoSeat):
		w.Header().Set("Connection", "close")
		return answerBusy
	case errors.Is(err, os.ErrDeadlineExceeded):
		panic(http.ErrAbortHandler) // too slow: closed without an answer
	default:
		return answerUnreadable
	}

	received := r.now().UTC()
	d, under, err := r.open(req.Context(), req.Header, body, received)
	switch {
	case errors.Is(err, core.ErrForged):
		r.ledger.CountRejected(received)
		r.board.Nudge()
		return answerForged
	case err != nil:
		return r.cannotCheck(err)
	}
	if len(d.Events) == 1 && r.tests.arrive(d.Events[0], r.choices.Account().Secrets) {
		return answerReceived
	}
	a, fresh := r.take(d, received)
	if fresh { // a delivery that came before may be replayed by anybody who saw it
		r.crowd.trust(req.Context())
	}
	if a.status != http.StatusOK {
		return a
	}
	if !under.secret.IsZero() {
		r.proved(under.secret)
	}
	if under.replaced {
		r.changedOver()
	}
	if slices.ContainsFunc(d.Events, core.Event.IsDoorbell) { // be it of what AppFolio has told before: whoever sets up the webhook waits to see it
		r.board.Set(func(s *core.Status) { s.Doorbell = received })
	}
	return a
}

// proof is what opened a delivery. In Developer Space it is zero.
type proof struct {
	secret   core.Secret // the webhook secret
	replaced bool        // it did so although there is a second: AppFolio has changed over
}

// open verifies and decodes a delivery under the secret in force, or the one that
// is retiring.
func (r *Receiver) open(ctx context.Context, header http.Header, body []byte, received time.Time) (d core.Delivery, under proof, err error) {
	account := r.choices.Account()
	source := r.source(account.Kind)
	d, err = source.Open(ctx, account, header, body, received)
	if errors.Is(err, core.ErrNoSecret) {
		if locked := r.choices.Locked(); locked != nil {
			return d, proof{}, fmt.Errorf("%w: %w", errLocked, locked)
		}
	}
	if account.Kind == core.KindDeveloperSpace {
		return d, proof{}, err
	}
	retiring := account.Secrets.Retiring
	switch {
	case !errors.Is(err, core.ErrForged):
		return d, proof{account.Secrets.WebhookSecret, !retiring.Secret.IsZero() && err == nil}, err
	case retiring.Secret.IsZero() || !retiring.InForce(received):
		return d, proof{}, err
	}
	account.Secrets.WebhookSecret = retiring.Secret
	d, err = source.Open(ctx, account, header, body, received)
	return d, proof{secret: retiring.Secret}, err
}

// errLocked: the secret that deliveries are signed with cannot be read yet.
var errLocked = errors.New("the webhook secret is locked away")

// cannotCheck says so now and then: strangers decide how many of these there are.
func (r *Receiver) cannotCheck(err error) answer {
	if n := r.uncheckable.tell(1, r.now()); n > 0 {
		r.log.Error("deliveries cannot be checked; they are refused until they can", "count", n, "err", err)
	}
	switch {
	case errors.Is(err, core.ErrNoKeys):
		return answerNoKeys
	case errors.Is(err, errLocked):
		return answerNoSecret
	default:
		return answerBusy
	}
}

// take keeps what an authentic body holds: as a rule one event, or one stray. fresh is
// true when it has brought an event that is new.
func (r *Receiver) take(d core.Delivery, received time.Time) (a answer, fresh bool) {
	if d.Others.Count > 0 {
		r.ignore(d.Others, received)
	}
	switch {
	case len(d.Events)+len(d.Strays) == 0:
		return answerIgnored, false
	case len(d.Events) == 1 && len(d.Strays) == 0:
		return r.keep(d.Events[0])
	case len(d.Events) == 0 && len(d.Strays) == 1:
		return r.keepApart(d.Strays[0]), false
	}
	return r.keepBatch(d)
}

func (r *Receiver) keep(e core.Event) (a answer, fresh bool) {
	_, fresh, err := r.ledger.Add(e)
	if err != nil {
		return r.storageTrouble(err), false
	}
	r.storageWorks()
	if !fresh {
		return answerDuplicate, false
	}
	r.brought()
	return answerReceived, true
}

func (r *Receiver) keepApart(q core.Quarantined) answer {
	if !r.mayKeepApart(q) {
		return answerNoDisk
	}
	_, fresh, err := r.ledger.Quarantine(q)
	if err != nil {
		return r.storageTrouble(err)
	}
	r.storageWorks()
	if !fresh {
		return answerKnownApart
	}
	r.apart.kept(1, q.Reason, r.now())
	r.board.Nudge()
	return answerQuarantined
}

// mayKeepApart reports whether there is room for what has strayed. What is in
// quarantine already takes none.
func (r *Receiver) mayKeepApart(strays ...core.Quarantined) bool {
	if len(strays) == 0 || r.apart.hasRoom() {
		return true
	}
	for _, q := range strays {
		if !r.ledger.InQuarantine(q) {
			r.apart.refused(r.now())
			return false
		}
	}
	return true
}

// keepBatch keeps several parts at once. The answer is about the batch: a
// duplicate only when all of it came before. Where quarantine has no room the events
// are kept, and the sender has to come again with the rest.
func (r *Receiver) keepBatch(d core.Delivery) (a answer, brought bool) {
	full := !r.mayKeepApart(d.Strays...)
	if full {
		d.Strays = nil
	}
	fresh, err := r.ledger.AddAll(d)
	if err != nil {
		return r.storageTrouble(err), false
	}
	r.storageWorks()
	if fresh.Strays > 0 {
		r.apart.kept(fresh.Strays, d.Strays[0].Reason, r.now())
		r.board.Nudge()
	}
	if fresh.Events > 0 {
		r.brought()
	}
	switch {
	case full:
		a = answerNoDisk
	case fresh == (core.Kept{}) && len(d.Events) > 0:
		a = answerDuplicate
	case fresh == (core.Kept{}):
		a = answerKnownApart
	case len(d.Events) == 0:
		a = answerQuarantined
	default:
		a = answerReceived
	}
	return a, fresh.Events > 0
}

// storageTrouble says so once, not once a delivery: a full disk meets a sender
// who tries again and again.
func (r *Receiver) storageTrouble(err error) answer {
	if !r.storageFailed.Swap(true) {
		r.log.Error("storage failed; deliveries are refused until it works again", "err", err)
		r.board.Set(func(s *core.Status) { s.Storage = err })
	}
	return answerNoDisk
}

func (r *Receiver) storageWorks() {
	if r.storageFailed.Load() && r.storageFailed.Swap(false) {
		r.log.Info("storage works again")
		r.board.Set(func(s *core.Status) { s.Storage = nil })
	}
}

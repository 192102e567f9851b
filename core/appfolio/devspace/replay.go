package devspace

import (
	"crypto/sha256"
	"io"
	"sync"
	"time"

	"rentbell/core"
)

// mostReplays is how many foreign deliveries are remembered at least: in all less than
// a megabyte.
const mostReplays = 4096

// replays remembers authentic deliveries that held nothing but doorbells of other
// accounts. Whoever has one can send it for ever, and each time it would cost RSA and
// JSON that genuine deliveries then wait for.
type replays struct {
	mu          sync.Mutex
	now, before map[[sha256.Size]byte]stranger // before is forgotten when now is full
}

// stranger is a delivery for other accounts.
type stranger struct {
	size, bells int
	body        [sha256.Size]byte
}

// replayKey is what a delivery is remembered by. It holds the account, because what
// is foreign depends on it, and the day, because each has samples of its own.
func replayKey(s signature, account core.Space, received time.Time) (key [sha256.Size]byte) {
	h := sha256.New()
	for _, part := range []string{received.Format(time.DateOnly), account.ClientID, account.DatabaseID, s.text} {
		_, _ = io.WriteString(h, part+"\x00") // a hash takes everything
	}
	h.Sum(key[:0])
	return key
}

// bells returns how many doorbells of others are in a delivery that came before with
// this very body; 0: it is not known.
func (r *replays) bells(key [sha256.Size]byte, body []byte) int {
	r.mu.Lock()
	f, known := r.now[key]
	if !known {
		f, known = r.before[key]
	}
	r.mu.Unlock()
	if !known || f.size != len(body) || f.body != sha256.Sum256(body) { // a known signature alone proves nothing
		return 0
	}
	return f.bells
}

// note remembers a delivery if all that it holds is for others.
func (r *replays) note(key [sha256.Size]byte, body []byte, d core.Delivery) {
	if d.Others.Count == 0 || len(d.Events)+len(d.Strays) > 0 {
		return
	}
	f := stranger{len(body), d.Others.Count, sha256.Sum256(body)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now == nil || len(r.now) >= mostReplays {
		r.now, r.before = map[[sha256.Size]byte]stranger{}, r.now
	}
	r.now[key] = f
}

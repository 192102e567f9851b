package bell_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core/door"
)

// A reference is the least that a durable receiver of signed webhooks can do
// with net/http and bbolt: check the HMAC, decode the envelope, keep the body by
// number and the number by id, and answer once that is synced. Those that wait
// share a commit, as Rentbell's do. It has no indexes, states, totals, limits or
// announcements: what those cost is what Rentbell's receiver is measured by.
type reference struct {
	db   *bbolt.DB
	puts chan put
}

type put struct {
	id   string
	body []byte
	done chan error // capacity 1
}

var (
	referenceEvents = []byte("events")
	referenceIDs    = []byte("ids")
)

// newReference serves a reference with an empty file until the test ends.
func newReference(t testing.TB) (url string) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(t.TempDir(), "reference.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{referenceEvents, referenceIDs} {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ref := reference{db: db, puts: make(chan put)}
	var committing sync.WaitGroup
	committing.Go(ref.commit)
	server := httptest.NewServer(ref)
	t.Cleanup(func() {
		server.Close() // first: it ends what still sends on puts
		close(ref.puts)
		committing.Wait()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return server.URL
}

func (ref reference) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, door.MaxBody))
	if err != nil {
		http.Error(w, "unreadable", http.StatusBadRequest)
		return
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	signature, err := hex.DecodeString(r.Header.Get("X-AppFolio-Signature"))
	if err != nil || !hmac.Equal(signature, mac.Sum(nil)) {
		http.Error(w, "forged", http.StatusUnauthorized)
		return
	}
	var envelope struct {
		ID        string          `json:"id"`
		Type      string          `json:"type"`
		CreatedAt string          `json:"created_at"`
		Data      json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &envelope); err != nil {
		http.Error(w, "malformed", http.StatusBadRequest)
		return
	}
	p := put{envelope.ID, body, make(chan error, 1)}
	ref.puts <- p
	if err := <-p.done; err != nil {
		http.Error(w, "not stored", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, received) // the sender will ask again
}

// commit keeps what waits, in one transaction after the other, until puts ends.
func (ref reference) commit() {
	for p := range ref.puts {
		group := ref.gather(p)
		err := ref.db.Update(func(tx *bbolt.Tx) error {
			for _, p := range group {
				if err := p.keep(tx); err != nil {
					return err
				}
			}
			return nil
		})
		for _, p := range group {
			p.done <- err
		}
	}
}

// gather takes all that waits, until the group has stopped growing.
func (ref reference) gather(first put) []put {
	group := []put{first}
	for before := 0; before < len(group); runtime.Gosched() {
		before = len(group)
		for waiting := true; waiting; {
			select {
			case p, open := <-ref.puts:
				if waiting = open; open {
					group = append(group, p)
				}
			default:
				waiting = false
			}
		}
	}
	return group
}

func (p put) keep(tx *bbolt.Tx) error {
	events, ids := tx.Bucket(referenceEvents), tx.Bucket(referenceIDs)
	if ids.Get([]byte(p.id)) != nil {
		return nil // a duplicate is a success
	}
	n, err := events.NextSequence()
	if err != nil {
		return err
	}
	seq := binary.BigEndian.AppendUint64(nil, n)
	if err := events.Put(seq, p.body); err != nil {
		return err
	}
	return ids.Put([]byte(p.id), seq)
}

package bell_test

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

// BenchmarkIngest holds Rentbell's receiver against the plain reference: new
// signed payments over keep-alive connections on the loopback, the two in turn
// and each with an empty file, so that a noisy disk is unkind to both. It plays
// its rounds once, however large b.N is, and prints their medians as a table.
// Only the ratios mean something beyond one machine and one run.
func BenchmarkIngest(b *testing.B) {
	const rounds = 5
	var table strings.Builder
	fmt.Fprintf(&table, "durable deliveries, medians of %d rounds; ratio: rentbell's events/s by the reference's, pairwise\n%11s  %-9s %9s %9s %9s %7s",
		rounds, "connections", "receiver", "events/s", "p50 ms", "p99 ms", "ratio")
	for _, load := range []struct{ connections, deliveries int }{{1, 1000}, {16, 10_000}, {64, 20_000}} { // about as long each
		if testing.Short() {
			load.deliveries /= 2
		}
		requests := signedPayments(load.deliveries)
		var plain, own []ingest
		var ratios []float64
		for i := range rounds {
			pair := []func(*round) ingest{
				func(r *round) ingest { return r.deliver(newReference(r), requests, load.connections) },
				func(r *round) ingest { return r.deliver(newReceiver(r), requests, load.connections) },
			}
			first := play(b, pair[i%2])
			second := play(b, pair[1-i%2])
			if i%2 == 1 {
				first, second = second, first
			}
			plain, own = append(plain, first), append(own, second)
			ratios = append(ratios, second.perSecond/first.perSecond)
		}
		fmt.Fprintf(&table, "\n%11d  reference %s\n%11s  rentbell  %s %7.2f", load.connections, medians(plain), "", medians(own), median(ratios))
		b.ReportMetric(median(ratios), fmt.Sprintf("c=%d", load.connections))
	}
	b.Log(table.String())
}

func newReceiver(t testing.TB) (url string) {
	d := newDesk(t, t.TempDir())
	d.run(t)
	return d.url
}

// round is a test within the benchmark, whose server, file and directory go
// when it ends: b's own would all stay until the last round.
type round struct {
	testing.TB
	cleanups []func()
}

func play(b *testing.B, do func(*round) ingest) ingest {
	r := &round{TB: b}
	defer func() {
		for _, cleanup := range slices.Backward(r.cleanups) {
			cleanup()
		}
	}()
	return do(r)
}

func (r *round) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func (r *round) TempDir() string {
	dir, err := os.MkdirTemp(r.TB.TempDir(), "")
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = os.RemoveAll(dir) }) // b removes what is left
	return dir
}

// ingest is what one round measured; times are in milliseconds.
type ingest struct{ perSecond, p50, p99 float64 }

func medians(list []ingest) string {
	of := func(field func(ingest) float64) float64 {
		var values []float64
		for _, in := range list {
			values = append(values, field(in))
		}
		return median(values)
	}
	return fmt.Sprintf("%9.0f %9.2f %9.2f", of(func(in ingest) float64 { return in.perSecond }),
		of(func(in ingest) float64 { return in.p50 }), of(func(in ingest) float64 { return in.p99 }))
}

func median[T cmp.Ordered](values []T) T { return slices.Sorted(slices.Values(values))[len(values)/2] }

// deliver sends requests over connections that stay open, each waiting for its
// answer before it sends the next, and checks that all are taken.
func (r *round) deliver(url string, requests [][]byte, connections int) ingest {
	took := make([]time.Duration, len(requests))
	var senders sync.WaitGroup
	start := time.Now()
	for c := range connections {
		senders.Go(func() {
			conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
			if err != nil {
				r.Error(err)
				return
			}
			defer func() { _ = conn.Close() }() // everything was answered
			answers := bufio.NewReader(conn)
			for i := c; i < len(requests); i += connections {
				sent := time.Now()
				if err := exchange(conn, answers, requests[i]); err != nil {
					r.Error(err)
					return
				}
				took[i] = time.Since(sent)
			}
		})
	}
	senders.Wait()
	elapsed := time.Since(start)
	slices.Sort(took)
	milliseconds := func(d time.Duration) float64 { return d.Seconds() * 1000 }
	return ingest{float64(len(requests)) / elapsed.Seconds(), milliseconds(took[len(took)/2]), milliseconds(took[len(took)*99/100])}
}

// exchange costs less than an http.Client: the senders share the processors
// with what they measure.
func exchange(conn net.Conn, answers *bufio.Reader, request []byte) error {
	if _, err := conn.Write(request); err != nil {
		return err
	}
	resp, err := http.ReadResponse(answers, nil)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK || string(body) != received {
		return fmt.Errorf("status %d: %s", resp.StatusCode, body)
	}
	return nil
}

// signedPayments are requests of about 400 bytes of body, of 300 leases that pay
// in turn. Their ids are spread like random ones and the same in every run.
func signedPayments(n int) [][]byte {
	requests := make([][]byte, n)
	for i := range requests {
		id := sha256.Sum256(fmt.Appendf(nil, "payment %d", i))
		lease := i % 300
		body := fmt.Sprintf(`{"id":"evt_%x","type":"payment.received","created_at":"2026-06-%02dT%02d:%02d:%02dZ","data":{"lease_id":"lease_%d","amount_cents":145000,"payment_method":"eCheck",`+
			`"tenant_name":"Tenant Number %d","property_name":"Alder Court Apartments","unit_name":"%d","description":"Monthly rent, paid online by the tenant","reference":"R-%08d","filler":%q}}`,
			id[:10], 1+i/86400%28, i/3600%24, i/60%60, i%60, lease, lease, lease, i, strings.Repeat("x", 60))
		requests[i] = fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-AppFolio-Signature: %s\r\nContent-Length: %d\r\n\r\n%s",
			core.WebhookPath, sign(body), len(body), body)
	}
	return requests
}

// Package shared keeps what the desks of an office have in common in key-value buckets of
// NATS JetStream: names, what was handled, expected rents, and what was exported. The
// receiver and the desks run the same code. A bucket is never the only copy: every store
// has all of it, and where JetStream has lost a bucket the receiver fills it again.
//
// Who exports what is new is decided by compare-and-set, so that of two desks one wins.
// How old a claim is says the receiver's clock alone.
package shared

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/office"
)

const (
	history   = 8        // revisions of a value that stay
	maxValue  = 32 << 10 // bytes of one
	maxBucket = 64 << 20 // bytes
)

// Prepare makes the buckets that are missing, and says which account the statements of all
// desks are of. The bucket of the office is there. copies is how many servers are to have
// each bucket. afresh: another file is behind the receiver, and what the buckets hold is not
// its own.
func Prepare(ctx context.Context, js jetstream.JetStream, account core.StatementAccount, copies int, afresh bool) error {
	for _, name := range office.SharedBuckets() {
		if afresh {
			if err := js.DeleteKeyValue(ctx, name); err != nil && !errors.Is(err, jetstream.ErrBucketNotFound) {
				return fmt.Errorf("clear the bucket %s: %w", name, err)
			}
		}
		_, err := js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
			Bucket: name, History: history, MaxValueSize: maxValue, MaxBytes: maxBucket, Replicas: copies,
		})
		if err != nil {
			return fmt.Errorf("make the bucket %s: %w", name, err)
		}
	}
	b, err := open(ctx, js)
	if err != nil {
		return err
	}
	value, err := json.Marshal(account)
	if err != nil {
		return err
	}
	was, err := b[office.BucketOffice].Get(ctx, office.KeyAccount)
	if err == nil && bytes.Equal(was.Value(), value) {
		return nil
	}
	if _, err := b[office.BucketOffice].Put(ctx, office.KeyAccount, value); err != nil {
		return fmt.Errorf("tell the account of statements: %w", err)
	}
	return nil
}

// buckets are those of one connection.
type buckets map[string]jetstream.KeyValue

func open(ctx context.Context, js jetstream.JetStream) (buckets, error) {
	b := buckets{}
	for _, name := range append(office.SharedBuckets(), office.BucketOffice) {
		bucket, err := js.KeyValue(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("open the bucket %s: %w", name, err)
		}
		b[name] = bucket
	}
	return b, nil
}

// moved reports whether a value was not written because it is not the one any more that
// the writer has seen.
func moved(err error) bool {
	var api *jetstream.APIError
	return errors.Is(err, jetstream.ErrKeyExists) || errors.As(err, &api) && api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence
}

// put writes a value where it still has a revision; 0: where there is none.
func put(ctx context.Context, b jetstream.KeyValue, key string, value []byte, revision uint64) (uint64, error) {
	if revision == 0 {
		return b.Create(ctx, key, value)
	}
	return b.Update(ctx, key, value, revision)
}

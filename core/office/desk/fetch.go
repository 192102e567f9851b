package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core/office"
)

const (
	// chunksAtOnce is how many chunks of 128 KiB are on their way at a time. The receiver
	// has these in memory, for each desk that fetches.
	chunksAtOnce = 8
	chunkLimit   = time.Minute // until the next chunk is here; a copy has no limit
)

// fetch writes an object into a file. It pulls the chunks itself: jetstream.ObjectStore
// gives up on an object that takes longer than one request may, and has the receiver push
// into memory what a slow desk has not taken yet.
func (l *line) fetch(ctx context.Context, object, path string) (err error) {
	bucket, err := l.js.ObjectStore(ctx, office.BucketSnapshot)
	if err != nil {
		return fmt.Errorf("open the office's copies: %w", err)
	}
	info, err := bucket.GetInfo(ctx, object)
	if err != nil {
		return fmt.Errorf("look at the office's copy: %w", err)
	}
	messages, stop, err := l.chunks(ctx, info)
	if err != nil {
		return fmt.Errorf("fetch what the office has: %w", err)
	}
	defer stop()
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("keep what the office has: %w", err)
	}
	if err := errors.Join(write(file, messages, info), file.Close()); err != nil {
		return fmt.Errorf("fetch what the office has: %w", err)
	}
	return nil
}

// chunks are those of an object, in order, until stop or the end of ctx.
func (l *line) chunks(ctx context.Context, info *jetstream.ObjectInfo) (messages jetstream.MessagesContext, stop func(), err error) {
	stream, err := l.js.Stream(ctx, office.StreamSnapshot)
	if err != nil {
		return nil, nil, err
	}
	_ = stream.DeleteConsumer(ctx, l.key) // of an earlier connection; as a rule there is none
	consumer, err := stream.CreateConsumer(ctx, jetstream.ConsumerConfig{
		Name: l.key, FilterSubject: office.ChunksOf(info.NUID), AckPolicy: jetstream.AckNonePolicy, MemoryStorage: true,
		InactiveThreshold: deskIsGone,
	})
	if err != nil {
		return nil, nil, err
	}
	// In a cluster a request can be lost that comes before all servers know of the consumer.
	messages, err = consumer.Messages(jetstream.PullMaxMessages(chunksAtOnce), jetstream.PullExpiry(pullFor),
		jetstream.PullHeartbeat(heartbeat), jetstream.WithMessagesErrOnMissingHeartbeat(false))
	if err != nil {
		return nil, nil, err
	}
	ended := context.AfterFunc(ctx, messages.Stop)
	return messages, func() {
		ended()
		messages.Stop()
	}, nil
}

// write writes an object, and compares it with its hash.
func write(file *os.File, messages jetstream.MessagesContext, info *jetstream.ObjectInfo) error {
	want, err := jetstream.DecodeObjectDigest(info.Digest)
	if err != nil {
		return err
	}
	hash := sha256.New()
	for range info.Chunks {
		m, err := messages.Next(jetstream.NextMaxWait(chunkLimit))
		if err != nil {
			return err
		}
		_, _ = hash.Write(m.Data()) // never fails (hash.Hash)
		if _, err := file.Write(m.Data()); err != nil {
			return err
		}
	}
	if !bytes.Equal(hash.Sum(nil), want) {
		return errors.New("it arrived damaged")
	}
	return nil
}

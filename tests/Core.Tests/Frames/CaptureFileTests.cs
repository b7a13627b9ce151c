using System.Buffers.Binary;
using MacvtapTools.Failures;
using MacvtapTools.Frames;
using Xunit;

namespace MacvtapTools.Core.Tests.Frames;

/// <summary>Capture files: what is written is read again, and files of others, and broken ones.</summary>
public sealed class CaptureFileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var first = new FrameOrigin("eth0", 3, "lab");
        var second = new FrameOrigin(null, 0, null);
        EthernetFrame[] frames =
        [
            new(FrameText.Parse("020000000002 020000000001 88b5 deadbeef"), 18, 1_795_183_290_343_685_605, first, FrameDirection.In),
            new(FrameText.Parse("020000000002 020000000001 88b5 dead"), 1514, 1_795_183_290_343_685_606, second, FrameDirection.Unknown),
            new([], 0, 0, first, FrameDirection.Out),
        ];
        EthernetFrame[] read = FrameData.Read(FrameData.Pcapng(frames));
        Assert.Equal(frames.Select(Describe), read.Select(Describe));
        Assert.Equal(["eth0", null, "eth0"], read.Select(f => f.LinkName));
    }

    [Fact]
    public void A_frame_is_cut_where_asked_and_keeps_its_length_on_the_link()
    {
        using var file = new MemoryStream();
        var writer = new PcapngWriter(file);
        EthernetFrame frame = FrameData.Frame("020000000002 020000000001 88b5 deadbeef");
        writer.Write(writer.AddInterface(frame.Origin, 15), FrameData.View(frame), 15);
        writer.Flush();
        EthernetFrame read = Assert.Single(FrameData.Read(file.ToArray()));
        Assert.Equal((15, 18), (read.Length, read.OriginalLength));
    }

    [Fact]
    public void More_than_the_buffer_comes_in_whole_blocks()
    {
        var sizes = new List<long>();
        using var file = new MemoryStream();
        var writer = new PcapngWriter(file);
        var frame = new EthernetFrame(new byte[1500], 1500, 1, FrameOrigin.None, FrameDirection.Unknown);
        for (int i = 0; i < 2000; i++)
        {
            writer.Write(writer.AddInterface(frame.Origin), FrameData.View(frame));
            if (sizes.Count == 0 || file.Length != sizes[^1]) sizes.Add(file.Length);
        }

        writer.Flush();
        byte[] all = file.ToArray();
        Assert.True(sizes.Count > 2);
        Assert.All(sizes.Where(s => s > 0), s => FrameData.Read(all[..(int)s]));
        Assert.Equal(2000, FrameData.Read(all).Length);
    }

    [Fact]
    public void The_other_byte_order_other_units_of_time_and_unknown_blocks()
    {
        byte[] file =
        [
            .. Block(0x0A0D0D0A, U32(0x1A2B3C4D), U16(1), U16(0), U32(uint.MaxValue), U32(uint.MaxValue)),
            .. Block(0x0BAD, U32(1), U32(2)),
            .. Block(1, U16(1), U16(0), U32(0)), // microseconds
            .. Block(1, U16(1), U16(0), U32(0), U16(9), U16(1), [0x8A, 0, 0, 0], U16(14), U16(8), U32(0), U32(100)), // 1/1024 seconds, 100 seconds later
            .. Block(4, U16(1), U16(4), [10, 0, 0, 1], U16(0), U16(0)),
            .. Block(6, U32(0), U32(0), U32(1_500_000), U32(2), U32(9), [1, 2, 0, 0]),
            .. Block(6, U32(1), U32(0), U32(512), U32(2), U32(2), [3, 4, 0, 0]),
            .. Block(2, U16(0), U16(0), U32(0), U32(7), U32(1), U32(1), [5, 0, 0, 0]),
            .. Block(3, U32(60), [6, 7, 8, 9]),
        ];
        EthernetFrame[] frames = FrameData.Read(file);
        Assert.Equal([(1_500_000_000L, 2, 9), (100_500_000_000L, 2, 2), (7000L, 1, 1), (0L, 4, 60)], frames.Select(f => (f.UnixTimeNanoseconds, f.Length, f.OriginalLength)));
        Assert.Equal([6, 7, 8, 9], frames[3].Bytes);
    }

    [Theory]
    [InlineData(0xA1B2C3D4, false, 5_000L)]
    [InlineData(0xA1B2C3D4, true, 5_000L)]
    [InlineData(0xA1B23C4D, false, 5L)]
    [InlineData(0xA1B23C4D, true, 5L)]
    public void Classic_files_of_both_byte_orders_and_units(uint magic, bool isBig, long fraction)
    {
        byte[] file = [.. new[] { magic, 0x0002_0004u, 0u, 0u, 65535u, 1u, 1_000u, 5u, 2u, 60u }.SelectMany(v => isBig ? U32(v) : BitConverter.GetBytes(v)), 0xAA, 0xBB];
        EthernetFrame frame = Assert.Single(FrameData.Read(file));
        Assert.Equal((1_000_000_000_000L + fraction, 2, 60), (frame.UnixTimeNanoseconds, frame.Length, frame.OriginalLength));
    }

    [Fact]
    public void A_file_that_ends_anywhere_gives_what_is_whole_and_the_offset_of_the_rest()
    {
        byte[] file = FrameData.Pcapng(FrameData.Traffic());
        int[] ends = [.. Boundaries(file)];
        for (int length = 1; length < file.Length; length += length < 400 ? 1 : 37)
        {
            using var reader = CaptureReader.Open(new MemoryStream(file[..Math.Max(4, length)]), "test");
            if (ends.Contains(length)) continue;
            MacvtapException failure = Assert.Throws<MacvtapException>(() => { while (reader.Next() is not null) { } });
            Assert.Equal(FailureId.CaptureFileInvalid, failure.Id);
            Assert.Contains($"offset {ends.Where(e => e <= Math.Max(4, length)).DefaultIfEmpty(0).Max()}", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_file_gives_a_failure_of_ours_or_frames_and_nothing_else()
    {
        var random = new Random(20261120);
        byte[][] files = [FrameData.Pcapng(FrameData.Traffic()), FrameData.Pcap()];
        for (int round = 0; round < 3000; round++)
        {
            byte[] file = (byte[])files[round % 2].Clone();
            for (int i = random.Next(1, 5); i > 0; i--) file[random.Next(random.Next(2) == 0 ? 200 : file.Length)] = (byte)random.Next(256);
            try
            {
                foreach (EthernetFrame frame in FrameData.Read(file)) Assert.NotNull(frame.Summary);
            }
            catch (MacvtapException failure)
            {
                Assert.Equal(FailureId.CaptureFileInvalid, failure.Id);
                Assert.Contains("offset", failure.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("0a0d", "too short")]
    [InlineData("1f8b0800", "compressed")]
    [InlineData("726f6f74", "neither")]
    [InlineData("d4c3b2a102000400 0000000000000000 ffff0000 71000000", "link type 113")]
    [InlineData("0a0d0d0a 1c000000 11223344 01000000 ffffffffffffffff 1c000000", "byte order")]
    [InlineData("0a0d0d0a 1c000000 4d3c2b1a 09000000 ffffffffffffffff 1c000000", "version 9")]
    [InlineData("0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 20000000", "lengths of a block differ")]
    [InlineData("0a0d0d0a 1d000000 4d3c2b1a 01000000 ffffffffffffffff 1d000000", "29 bytes is not possible")]
    [InlineData("0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000 06000000 20000000 05000000 0000000000000000 00000000 00000000 20000000", "interface 5")]
    public void What_cannot_be_read_is_told_in_words(string hex, string words)
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => FrameData.Read(FrameText.Parse(hex)));
        Assert.Equal(FailureId.CaptureFileInvalid, failure.Id);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_neither_replaced_nor_lengthened_unasked()
    {
        string folder = Directory.CreateTempSubdirectory("macvtap-capture-").FullName;
        string path = Path.Combine(folder, "a.pcapng");
        try
        {
            Record(path, append: false, overwrite: false);
            Assert.Equal(FailureId.CaptureFileExists, Assert.Throws<MacvtapException>(() => Record(path, false, false)).Id);
            Assert.Single(ReadFile(path));
            Record(path, append: true, overwrite: false);
            Assert.Equal(2, ReadFile(path).Length);
            Record(path, append: false, overwrite: true);
            Assert.Single(ReadFile(path));

            // Nothing is added to what could not be read afterwards.
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^3]);
            Assert.Equal(FailureId.CaptureFileInvalid, Assert.Throws<MacvtapException>(() => Record(path, true, false)).Id);
            Assert.Equal(FailureId.CaptureFileNotFound, Assert.Throws<MacvtapException>(() => Record(Path.Combine(folder, "no", "a"), false, false)).Id);
            Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => Record(folder, false, true)).Id);
            Assert.Equal(FailureId.CaptureFileNotFound, Assert.Throws<MacvtapException>(() => CaptureReader.Open(Path.Combine(folder, "none"))).Id);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_full_disk_is_told()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("There is no /dev/full here.");
        using var recorder = new FrameRecorder("/dev/full", append: false, overwrite: true);
        recorder.Write(FrameData.Frame("020000000002 020000000001 88b5"));
        Assert.Equal(FailureId.CaptureFileFailed, Assert.Throws<MacvtapException>(recorder.Flush).Id);
    }

    [Fact]
    public async Task A_pipe_waits_for_its_reader_and_gets_the_frames()
    {
        using TestPipe pipe = new();
        Task recording = Task.Run(() => Record(pipe.Path, append: false, overwrite: false), TestContext.Current.CancellationToken);
        Task<byte[]> reading = Task.Run(() => File.ReadAllBytes(pipe.Path), TestContext.Current.CancellationToken);
        await recording.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Single(FrameData.Read(await reading.WaitAsync(Patience, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_is_waited_for_until_the_deadline_or_a_stop()
    {
        using TestPipe pipe = new();
        MacvtapException failure = await Assert.ThrowsAsync<MacvtapException>(() => Task.Run(() => new FrameRecorder(pipe.Path, false, true, deadline: 0)).WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(FailureId.CaptureFileFailed, failure.Id);
        Assert.Contains("Nobody reads", failure.Message, StringComparison.Ordinal);
        using CancellationTokenSource stop = new();
        Task waiting = Task.Run(() => new FrameRecorder(pipe.Path, false, true, stop: stop.Token), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_holds_up_no_stop_and_one_that_ends_is_told()
    {
        using TestPipe pipe = new();
        Task<FileStream> opening = Task.Run(() => File.OpenRead(pipe.Path), TestContext.Current.CancellationToken);
        using CancellationTokenSource stop = new();
        using var recorder = new FrameRecorder(pipe.Path, false, false, stop: stop.Token);
        await using FileStream reader = await opening.WaitAsync(Patience, TestContext.Current.CancellationToken);

        // More than a pipe holds.
        for (int i = 0; i < 200; i++) recorder.Write(FrameBuilder.FromBytes(new byte[1500]));
        Task flushing = Task.Run(recorder.Flush, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushing.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.True(recorder.IsBroken);

        using TestPipe other = new();
        Task<FileStream> again = Task.Run(() => File.OpenRead(other.Path), TestContext.Current.CancellationToken);
        using var second = new FrameRecorder(other.Path, false, false);
        (await again.WaitAsync(Patience, TestContext.Current.CancellationToken)).Dispose();
        Assert.Contains("its reader has ended", Assert.Throws<MacvtapException>(second.Flush).Message, StringComparison.Ordinal);
    }

    /// <summary>Each block has 52 bytes: 28 before the frame of 18, which is filled up to 20, and 4 behind it.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(51, 1)]
    [InlineData(52, 2)]
    [InlineData(150, 3)]
    public void What_was_written_before_the_disk_was_full_can_be_read(int partial, int whole)
    {
        using NarrowStream file = new();
        PcapngWriter writer = new(file);
        int number = writer.AddInterface(FrameOrigin.None);
        byte[] bytes = FrameText.Parse("020000000002 020000000001 88b5 deadbeef");
        writer.Write(number, new FrameView { Bytes = bytes, OriginalLength = bytes.Length });
        writer.Flush();
        file.Room = partial;
        for (int i = 0; i < 10; i++) writer.Write(number, new FrameView { Bytes = bytes, OriginalLength = bytes.Length });
        Assert.Throws<IOException>(writer.Flush);
        Assert.True(writer.IsBroken);
        Assert.Equal(((long)whole, (long)whole * bytes.Length), (writer.FrameCount, writer.ByteCount));

        // Room again: what would come now would stand behind a hole.
        file.Room = int.MaxValue;
        writer.Flush();
        Assert.Throws<IOException>(() => writer.Write(number, new FrameView { Bytes = bytes, OriginalLength = bytes.Length }));
        EthernetFrame[] frames = FrameData.Read(file.ToArray());
        Assert.Equal(whole, frames.Length);
        Assert.All(frames, f => Assert.Equal(bytes, f.Bytes));
    }

    [Fact]
    public void What_a_source_received_is_its_own_count()
    {
        string path = Path.GetTempFileName();
        try
        {
            using (var recorder = new FrameRecorder(path, append: false, overwrite: true))
            {
                CountingSource one = new("one", 5), other = new("other", 7);
                recorder.Add(one);
                recorder.Add(other);
                FrameView frame = FrameData.View(FrameData.Frame("020000000002 020000000001 88b5"));
                for (int i = 0; i < 3; i++) recorder.Write(one, frame);
                recorder.Close(one);
                recorder.Close(other);
            }

            Assert.Equal([5L, 7L], Received(File.ReadAllBytes(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>isb_ifrecv of each statistics block: the third option behind its head of 20 bytes, as the writer orders them.</summary>
    private static IEnumerable<long> Received(byte[] file)
    {
        for (int offset = 0; offset < file.Length; offset += BitConverter.ToInt32(file, offset + 4))
        {
            if (BitConverter.ToUInt32(file, offset) == Pcapng.InterfaceStatistics) yield return BitConverter.ToInt64(file, offset + 20 + 12 + 12 + 4);
        }
    }

    [Fact]
    public void A_recorder_whose_disk_was_full_takes_nothing_more_and_closes_in_silence()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("There is no /dev/full here.");
        var recorder = new FrameRecorder("/dev/full", append: false, overwrite: true);
        recorder.Write(FrameData.Frame("020000000002 020000000001 88b5"));
        Assert.Throws<MacvtapException>(recorder.Flush);
        Assert.True(recorder.IsBroken);
        Assert.Equal(FailureId.CaptureFileFailed, Assert.Throws<MacvtapException>(() => recorder.Write(FrameData.Frame("020000000002 020000000001 88b5"))).Id);
        recorder.Flush();
        recorder.Dispose();
        Assert.Equal(0, recorder.FrameCount);
    }

    private static void Record(string path, bool append, bool overwrite)
    {
        using var recorder = new FrameRecorder(path, append, overwrite);
        recorder.Write(FrameData.Frame("020000000002 020000000001 88b5 deadbeef"));
    }

    private static EthernetFrame[] ReadFile(string path) => FrameData.Read(File.ReadAllBytes(path));

    private static (string, int, long, FrameDirection) Describe(EthernetFrame frame) => (Convert.ToHexString(frame.Bytes), frame.OriginalLength, frame.UnixTimeNanoseconds, frame.Direction);

    private static IEnumerable<int> Boundaries(byte[] file)
    {
        for (int offset = 0; offset < file.Length;)
        {
            offset += BitConverter.ToInt32(file, offset + 4);
            yield return offset;
        }
    }

    private static byte[] Block(uint type, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(p => p)];
        byte[] length = U32((uint)body.Length + 12);
        return [.. U32(type), .. length, .. body, .. length];
    }

    private static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] U16(ushort value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}

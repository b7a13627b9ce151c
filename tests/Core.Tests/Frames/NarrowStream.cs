namespace MacvtapTools.Core.Tests.Frames;

/// <summary>A file on a disk that gets full: it takes what there is room for, refuses the rest, and stays where it was, as <see cref="FileStream"/> does.</summary>
internal sealed class NarrowStream : MemoryStream
{
    /// <summary>How many bytes there is room for.</summary>
    internal int Room { get; set; } = int.MaxValue;

    public override void Write(byte[] buffer, int offset, int count)
    {
        long before = Position;
        base.Write(buffer, offset, Math.Min(count, Room));
        if (count > Room)
        {
            Position = before;
            throw new IOException("No space left on device");
        }

        Room -= Room == int.MaxValue ? 0 : count;
    }
}
